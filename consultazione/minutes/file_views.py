"""The files of minutes: the PDF, and the document that the digest covers."""

from __future__ import annotations

from functools import partial

from flask import Response
from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from consultazione.core.actor import Actor
from consultazione.core.canonical import canonical_json
from consultazione.core.errors import NotFound
from consultazione.core.permissions import Permission
from consultazione.core.threadpool import offload
from consultazione.documents.paper.odt import MEDIA_TYPE, odt_of
from consultazione.documents.typesetting import typeset
from consultazione.minutes import pdf
from consultazione.minutes.document import document_of
from consultazione.minutes.models import Minutes, MinutesState
from consultazione.minutes.papers.single import paper_of, seal_of
from consultazione.minutes.queries import readable_minutes, sealed_pdf, sealing_is_given_up
from consultazione.sittings.secretaries import require_writer
from consultazione.web.files.made import inline, public_url
from consultazione.web.request_db import release_snapshot


def pdf_response(session: Session, minutes_id: int, actor: Actor) -> Response:
    """The sealed PDF of minutes; NotFound until it is sealed.

    For a draft, a PDF marked as one, made on the fly; NotAllowed unless the actor may edit
    the draft, CannotTypeset or TypesetterBusy if it is not made. Setting takes a while, so the
    request gives its connection to the database back before.
    """
    minutes = readable_minutes(session, minutes_id, actor)
    if minutes.state is MinutesState.DRAFT:
        require_writer(actor, Permission.READ_DRAFT_PDF, minutes.sitting)
        asked = pdf.asked_for_draft(minutes, public_url())
        release_snapshot()
        return inline(typeset(asked), "application/pdf", _name(minutes, "pdf"))
    content = sealed_pdf(session, minutes_id)
    if content is None and sealing_is_given_up(session, minutes):
        raise NotFound(
            _("The PDF could not be written: those who run the site see why, and can try again.")
        )
    if content is None:
        raise NotFound(_("The PDF is still being written: try again in a moment."))
    return inline(content, "application/pdf", _name(minutes, "pdf"))


def odt_response(session: Session, minutes_id: int, actor: Actor) -> Response:
    """Minutes as OpenDocument text; of a draft, for those who may read its PDF."""
    minutes = readable_minutes(session, minutes_id, actor)
    if minutes.state is MinutesState.DRAFT:
        require_writer(actor, Permission.READ_DRAFT_PDF, minutes.sitting)
    document, name = document_of(minutes), _name(minutes, "odt")
    address = pdf.address_of(minutes, public_url())
    seal = seal_of(document, digest=minutes.digest, address=address)
    make = partial(odt_of, paper_of(document), seal, at=minutes.approved_at or minutes.composed_at)
    release_snapshot()
    return inline(offload(make), MEDIA_TYPE, name)


def json_response(session: Session, minutes_id: int, actor: Actor) -> Response:
    """The document in canonical bytes, whose SHA-256 is the digest once it is approved."""
    minutes = readable_minutes(session, minutes_id, actor)
    content = canonical_json(document_of(minutes))
    return inline(content, "application/json", _name(minutes, "json"))


def _name(minutes: Minutes, ending: str) -> str:
    draft = "-bozza" if minutes.state is MinutesState.DRAFT else ""
    return f"verbale-{minutes.id}{draft}.{ending}"
