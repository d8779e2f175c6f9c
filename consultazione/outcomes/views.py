"""Pages of outcomes: the document to be signed, how the unions stand, and its PDF."""

from __future__ import annotations

from functools import partial

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from consultazione.core import clock
from consultazione.core.errors import NotFound
from consultazione.core.threadpool import offload
from consultazione.documents.colophon import file_name, named
from consultazione.documents.paper.akn import MEDIA_TYPE as AKN
from consultazione.documents.paper.akn import akn_of
from consultazione.documents.paper.odt import MEDIA_TYPE, odt_of
from consultazione.documents.register import registration_of
from consultazione.documents.signatures.queries import frozen_copy
from consultazione.documents.typesetting import typeset
from consultazione.outcomes import answers, labels
from consultazione.outcomes.blueprint import pages
from consultazione.outcomes.events import outcome_stream
from consultazione.outcomes.kind import OUTCOME
from consultazione.outcomes.page_views import outcome_page
from consultazione.outcomes.queries import get_outcome, latest_outcomes
from consultazione.outcomes.sealed import asked_for_outcome, sealed_paper
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.files.made import inline, public_url
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
    _outcome, shown, seal = sealed_paper(
        snapshot(), outcome_id, public_url=public_url(), at=clock.now()
    )
    page_follows(outcome_stream(outcome_id))
    return render_template("outcomes/paper.html", outcome_id=outcome_id, paper=shown, seal=seal)


@pages.get("/esiti/<int:outcome_id>.pdf")
@reads_much()
def pdf(outcome_id: int) -> Response:
    """The document and how the unions stand at this moment, to circulate, as PDF/A."""
    asked = asked_for_outcome(snapshot(), outcome_id, public_url=public_url(), at=clock.now())
    release_snapshot()
    return inline(typeset(asked), "application/pdf", f"esito-{outcome_id}.pdf")


@pages.get("/esiti/<int:outcome_id>/da-firmare.pdf")
def copy(outcome_id: int) -> Response:
    """The frozen copy to be signed; NotFound while it is being written."""
    frozen = frozen_copy(snapshot(), get_outcome(snapshot(), outcome_id).digest)
    name = f"esito-{outcome_id}-da-firmare.pdf"
    return inline(frozen.content, "application/pdf", name, etag=frozen.sha256)


@pages.get("/esiti/<int:outcome_id>.odt")
@reads_much()
def odt(outcome_id: int) -> Response:
    """The same as OpenDocument text."""
    at = clock.now()
    _outcome, shown, seal = sealed_paper(snapshot(), outcome_id, public_url=public_url(), at=at)
    release_snapshot()
    content = offload(partial(odt_of, shown, seal, at=at))
    return inline(content, MEDIA_TYPE, f"esito-{outcome_id}.odt")


@pages.get("/esiti/<int:outcome_id>.xml")
@reads_much()
def xml(outcome_id: int) -> Response:
    """The same as Akoma Ntoso; NotFound for one from before the register."""
    at, session = clock.now(), snapshot()
    row = registration_of(session, OUTCOME, outcome_id)
    if row is None:
        raise NotFound(_("This document has no number in the register."))
    _outcome, shown, seal = sealed_paper(session, outcome_id, public_url=public_url(), at=at)
    make, name = partial(akn_of, shown, seal, named(session, row)), file_name(row, "xml")
    release_snapshot()
    return inline(offload(make), AKN, name)
