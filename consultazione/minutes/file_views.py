"""The files of minutes: the PDF, and the document that the digest covers."""

from __future__ import annotations

from flask import Response, current_app, make_response
from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from consultazione.config import Settings
from consultazione.core.actor import Actor
from consultazione.core.canonical import canonical_json
from consultazione.core.errors import NotFound
from consultazione.core.permissions import Permission, require
from consultazione.documents.typesetting import typeset
from consultazione.minutes import pdf
from consultazione.minutes.document import document_of
from consultazione.minutes.models import Minutes, MinutesState
from consultazione.minutes.queries import readable_minutes, sealed_pdf, sealing_is_given_up
from consultazione.sittings.secretaries import may_write
from consultazione.web.request_db import release_snapshot


def public_url() -> str:
    """The public address of this site, without a slash at the end."""
    settings: Settings = current_app.extensions["settings"]
    return settings.public_url


def pdf_response(session: Session, minutes_id: int, actor: Actor) -> Response:
    """The sealed PDF of minutes; NotFound until it is sealed.

    For a draft, a PDF marked as one, made on the fly; NotAllowed unless the actor may edit
    the draft, CannotTypeset or TypesetterBusy if it is not made. Setting takes a while, so the
    request gives its connection to the database back before.
    """
    minutes = readable_minutes(session, minutes_id, actor)
    if minutes.state is MinutesState.DRAFT:
        table = minutes.sitting.table
        if not may_write(actor, Permission.READ_DRAFT_PDF, minutes.sitting):
            require(actor, Permission.READ_DRAFT_PDF, zone_id=table.zone_id, table_id=table.id)
        asked = pdf.asked_for_draft(minutes, public_url())
        release_snapshot()
        return _file(typeset(asked), "application/pdf", _name(minutes, "pdf"))
    content = sealed_pdf(session, minutes_id)
    if content is None and sealing_is_given_up(session, minutes):
        raise NotFound(
            _("The PDF could not be written: those who run the site see why, and can try again.")
        )
    if content is None:
        raise NotFound(_("The PDF is still being written: try again in a moment."))
    return _file(content, "application/pdf", _name(minutes, "pdf"))


def json_response(session: Session, minutes_id: int, actor: Actor) -> Response:
    """The document in canonical bytes, whose SHA-256 is the digest once it is approved."""
    minutes = readable_minutes(session, minutes_id, actor)
    content = canonical_json(document_of(minutes))
    return _file(content, "application/json", _name(minutes, "json"))


def _file(content: bytes, media_type: str, name: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = media_type
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _name(minutes: Minutes, ending: str) -> str:
    draft = "-bozza" if minutes.state is MinutesState.DRAFT else ""
    return f"verbale-{minutes.id}{draft}.{ending}"
