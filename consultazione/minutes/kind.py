"""Minutes as a kind of numbered document."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from consultazione.documents.kinds import DocumentKind, register_kind, titled
from consultazione.minutes.events import minutes_stream
from consultazione.minutes.models import Minutes
from consultazione.sittings.models import Sitting
from consultazione.tables.models import ThematicTable

_SITTINGS = select(Minutes.id, Sitting.title).join(Sitting, Sitting.id == Minutes.sitting_id)


def _stream(session: Session, minutes_id: int) -> str:
    return minutes_stream(session.get_one(Minutes, minutes_id).sitting_id)


def _cycle(minutes_id: Any) -> Select[int]:
    return (
        select(ThematicTable.cycle_id)
        .join(Sitting, Sitting.table_id == ThematicTable.id)
        .join(Minutes, Minutes.sitting_id == Sitting.id)
        .where(Minutes.id == minutes_id)
    )


MINUTES = register_kind(
    DocumentKind(
        name="minutes",
        label=_("Minutes of a sitting"),
        plural=_("Minutes of sittings"),
        word="Verbale",
        titles=titled(_SITTINGS, Minutes.id),
        endpoint="minutes.show",
        parameter="minutes_id",
        sealed_as=_stream,
        cycle_of=_cycle,
    )
)
