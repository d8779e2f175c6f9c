"""Pages of outcomes: the document to be signed, how the unions stand, and its PDF."""

from __future__ import annotations

from flask import Response, current_app, make_response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from consultazione.config import Settings
from consultazione.core import clock
from consultazione.core.errors import NotFound
from consultazione.documents.paper.odt import MEDIA_TYPE, odt_of
from consultazione.documents.signatures.models import SigningCopy
from consultazione.documents.typesetting import typeset
from consultazione.outcomes import answers, labels
from consultazione.outcomes.blueprint import pages
from consultazione.outcomes.events import outcome_stream
from consultazione.outcomes.page_views import outcome_page
from consultazione.outcomes.queries import get_outcome, latest_outcomes
from consultazione.outcomes.sealed import asked_for_outcome, sealed_paper
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.last_update import page_follows
from consultazione.web.paging import paged
from consultazione.web.request_db import release_snapshot, snapshot
from consultazione.web.security import reads_much
from consultazione.web.url_converters import asked_id

_A_PAGE = 20


@pages.get(f"{IN_CYCLE}/esiti")
def index() -> str:
    """The cycle's outcomes, latest first."""
    before = asked_id("prima")
    rows = latest_outcomes(snapshot(), current_cycle().id, before=before, limit=_A_PAGE + 1)
    shown, last = paged(rows, _A_PAGE)
    page_follows(*(outcome_stream(outcome.id) for outcome in shown))
    more = url_for("outcomes.index", prima=last.id) if last else None
    return render_template(
        "outcomes/index.html", outcomes=shown, next_url=more, labels=labels, answers=answers
    )


@pages.get("/esiti/<int:outcome_id>")
def show(outcome_id: int) -> ResponseReturnValue:
    """An outcome with its parties' answers, and the form for a delegate who may answer."""
    return outcome_page(outcome_id)


@pages.get("/esiti/<int:outcome_id>/documento")
def paper(outcome_id: int) -> str:
    """The document as its PDF has it, to read or print."""
    _outcome, shown, seal = sealed_paper(snapshot(), outcome_id, public_url=_url(), at=clock.now())
    page_follows(outcome_stream(outcome_id))
    return render_template("outcomes/paper.html", outcome_id=outcome_id, paper=shown, seal=seal)


@pages.get("/esiti/<int:outcome_id>.pdf")
@reads_much()
def pdf(outcome_id: int) -> Response:
    """The document and how the unions stand at this moment, to circulate, as PDF/A."""
    asked = asked_for_outcome(snapshot(), outcome_id, public_url=_url(), at=clock.now())
    release_snapshot()
    return _file(typeset(asked), "application/pdf", f"esito-{outcome_id}.pdf")


@pages.get("/esiti/<int:outcome_id>/da-firmare.pdf")
def copy(outcome_id: int) -> Response:
    """The frozen copy to be signed; NotFound while it is being written."""
    outcome = get_outcome(snapshot(), outcome_id)
    frozen = snapshot().get(SigningCopy, outcome.digest)
    if frozen is None:
        raise NotFound(_("The copy to be signed is still being written: wait a moment."))
    response = _file(frozen.content, "application/pdf", f"esito-{outcome_id}-da-firmare.pdf")
    response.set_etag(frozen.sha256)
    return response


@pages.get("/esiti/<int:outcome_id>.odt")
@reads_much()
def odt(outcome_id: int) -> Response:
    """The same as OpenDocument text."""
    at = clock.now()
    _outcome, shown, seal = sealed_paper(snapshot(), outcome_id, public_url=_url(), at=at)
    return _file(odt_of(shown, seal, at=at), MEDIA_TYPE, f"esito-{outcome_id}.odt")


def _url() -> str:
    settings: Settings = current_app.extensions["settings"]
    return settings.public_url


def _file(content: bytes, media_type: str, name: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = media_type
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
