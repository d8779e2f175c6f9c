"""Pages of easy-to-read summaries, beside the documents that they explain."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.permissions import Permission
from consultazione.core.threadpool import offload
from consultazione.documents.blueprint import pages
from consultazione.documents.easy.commands import withdraw_easy_summary, write_easy_summary
from consultazione.documents.easy.paper import paper_of, seal_of
from consultazione.documents.easy.queries import Explained, get_explained, stored_summary
from consultazione.documents.easy.reading import EASY, LONGEST_SENTENCE, measure
from consultazione.documents.easy.rights import may_explain, require_explainer
from consultazione.documents.easy.schemas import LONGEST, EasySummarySchema
from consultazione.documents.easy.subjects import Subject, subject_at
from consultazione.documents.events import register_stream
from consultazione.documents.paper.model import Seal
from consultazione.documents.paper.odt import MEDIA_TYPE, odt_of
from consultazione.documents.paper.pdf import asked_for
from consultazione.documents.typesetting import typeset
from consultazione.web import auth
from consultazione.web.files.made import inline, public_url
from consultazione.web.forms import Form, act
from consultazione.web.last_update import page_follows
from consultazione.web.request_db import actor, release_snapshot, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter, reads_much


@pages.get("/verbali/<int:minutes_id>/facile")
@pages.get("/esiti/<int:outcome_id>/facile")
@pages.get("/piano/paragrafi/<int:paragraph_id>/facile")
@pages.get("/documenti/<int:registration_id>/facile")
def easy(**of: int) -> str:
    """A document in easy language."""
    subject, object_id = _asked(of)
    found = get_explained(snapshot(), subject, object_id)
    page_follows(register_stream(found.original.zone_id))
    return render_template(
        "documents/easy.html",
        found=found,
        paper=paper_of(found),
        seal=_seal(of, found),
        of=of,
        subject=subject,
        may_write=may_explain(actor(), Permission.WRITE_EASY_SUMMARY, found.original),
    )


@pages.get("/verbali/<int:minutes_id>/facile.pdf")
@pages.get("/esiti/<int:outcome_id>/facile.pdf")
@pages.get("/piano/paragrafi/<int:paragraph_id>/facile.pdf")
@pages.get("/documenti/<int:registration_id>/facile.pdf")
@reads_much()
def easy_pdf(**of: int) -> Response:
    """The same as PDF/A in large letters; setting holds no connection."""
    subject, object_id = _asked(of)
    found = get_explained(snapshot(), subject, object_id)
    asked = asked_for(paper_of(found), _seal(of, found), at=found.row.written_at, large=True)
    release_snapshot()
    return inline(typeset(asked), "application/pdf", f"facile-{subject.name}-{object_id}.pdf")


@pages.get("/verbali/<int:minutes_id>/facile.odt")
@pages.get("/esiti/<int:outcome_id>/facile.odt")
@pages.get("/piano/paragrafi/<int:paragraph_id>/facile.odt")
@pages.get("/documenti/<int:registration_id>/facile.odt")
@reads_much()
def easy_odt(**of: int) -> Response:
    """The same as OpenDocument text."""
    subject, object_id = _asked(of)
    found = get_explained(snapshot(), subject, object_id)
    make = partial(odt_of, paper_of(found), _seal(of, found), at=found.row.written_at)
    release_snapshot()
    return inline(offload(make), MEDIA_TYPE, f"facile-{subject.name}-{object_id}.odt")


@pages.route("/verbali/<int:minutes_id>/facile/scrivi", methods=["GET", "POST"])
@pages.route("/esiti/<int:outcome_id>/facile/scrivi", methods=["GET", "POST"])
@pages.route("/piano/paragrafi/<int:paragraph_id>/facile/scrivi", methods=["GET", "POST"])
@pages.route("/documenti/<int:registration_id>/facile/scrivi", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def write_easy(**of: int) -> ResponseReturnValue:
    """Write the summary of a document, or write it anew."""
    subject, object_id = _asked(of)
    original = subject.original(snapshot(), object_id)
    require_explainer(actor(), Permission.WRITE_EASY_SUMMARY, original)
    form = Form(EasySummarySchema())
    command = partial(write_easy_summary, subject=subject.name, object_id=object_id)
    if form.perform(command):
        flash(_("The summary in easy language stands beside the document."), "success")
        return redirect(_at("documents.easy", of))
    return _writing_page(form, of, subject, object_id)


@pages.post("/verbali/<int:minutes_id>/facile/ritira")
@pages.post("/esiti/<int:outcome_id>/facile/ritira")
@pages.post("/piano/paragrafi/<int:paragraph_id>/facile/ritira")
@pages.post("/documenti/<int:registration_id>/facile/ritira")
@limiter.limit(WRITING)
@auth.sign_in_required
def withdraw_easy(**of: int) -> ResponseReturnValue:
    """Withdraw the summary of a document."""
    subject, object_id = _asked(of)
    command = partial(withdraw_easy_summary, subject=subject.name, object_id=object_id)
    done = _("The summary in easy language is withdrawn.")
    return act(command, done=done, to=_at(subject.endpoint, of))


def _writing_page(
    form: Form, of: dict[str, int], subject: Subject, object_id: int
) -> ResponseReturnValue:
    """The form, with what stands now of the summary and of the document."""
    session = renew_snapshot()
    stored, original = (
        stored_summary(session, subject, object_id),
        subject.original(session, object_id),
    )
    form.go_on_from("version", stored.version if stored else 0)
    form.go_on_from("digest", original.digest)
    words = form.values.setdefault("body", stored.body if stored else "")
    page = render_template(
        "documents/write_easy.html",
        form=form,
        of=of,
        subject=subject,
        original=original,
        stored=stored,
        measures=measure(words),
        limits={"easy": EASY, "sentence": LONGEST_SENTENCE, "text": LONGEST},
    )
    return page, form.status


def _asked(of: dict[str, int]) -> tuple[Subject, int]:
    """Which kind of document an address is about, and the id."""
    ((parameter, object_id),) = of.items()
    return subject_at(parameter), object_id


def _seal(of: dict[str, int], found: Explained) -> Seal:
    return seal_of(found, address=public_url() + _at("documents.easy", of))


def _at(endpoint: str, of: Mapping[str, Any]) -> str:
    return url_for(endpoint, **of)
