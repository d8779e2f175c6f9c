"""Approved minutes as originals of easy-to-read summaries."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from consultazione.core.errors import NotFound
from consultazione.documents.easy.subjects import Original, Subject, register_subject
from consultazione.minutes.models import Minutes


def _original(session: Session, minutes_id: int) -> Original:
    minutes = session.get(Minutes, minutes_id)
    if minutes is None or minutes.document is None or minutes.digest is None:
        raise NotFound(_("There are no such minutes, or they have not been approved yet."))
    sitting, facts = minutes.sitting, minutes.document["facts"]
    return Original(
        zone_id=sitting.table.zone_id,
        zone=facts["zone"],
        plan=facts["plan"],
        title=facts["heading"],
        about=f"{facts['title']}, {facts['opened']['day']}",
        digest=minutes.digest,
        table_id=sitting.table_id,
        writer_id=sitting.secretary_id,
        demo=facts["demo"],
    )


MINUTES = register_subject(
    Subject(
        name="minutes",
        label=_("Minutes of a sitting"),
        original=_original,
        endpoint="minutes.show",
        parameter="minutes_id",
    )
)
