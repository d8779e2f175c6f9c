"""Documents that the register keeps, as originals of easy-to-read summaries."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from consultazione.core.errors import NotFound
from consultazione.documents.easy.subjects import Original, Subject, register_subject
from consultazione.documents.kinds import kind_of
from consultazione.documents.models import Registration
from consultazione.documents.paper.model import from_json
from consultazione.documents.queries import get_registration
from consultazione.documents.register import registration_of


def _original(session: Session, registration_id: int) -> Original:
    """A document that is kept here for everybody; it changes with each later version of it."""
    row = get_registration(session, registration_id)
    if row.content is None:
        raise NotFound(_("This document has a page of its own: read it there."))
    if row.organisation_id is not None:
        raise NotFound(_("This document was written for an organisation, not for everybody."))
    kept, latest = from_json(row.content), _latest(session, row)
    return Original(
        zone_id=row.zone_id,
        zone=kept.zone,
        plan=kept.plan,
        title=f"{kept.title} n. {row.reference}",
        about=kept.subject,
        digest=latest.redacted_digest or latest.digest,
        demo=kept.demo,
    )


def _latest(session: Session, row: Registration) -> Registration:
    return registration_of(session, kind_of(row.kind), row.object_id) or row


REGISTERED = register_subject(
    Subject(
        name="registered_document",
        label=_("Document of the register"),
        original=_original,
        endpoint="documents.show",
        parameter="registration_id",
    )
)
