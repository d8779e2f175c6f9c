"""When what stands in a calendar was last changed, as programs that follow it ask."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import BigInteger, cast, func, select
from sqlalchemy.orm import Session

from consultazione.core.log import EntryRow, is_kept
from consultazione.zones.events import zone_stream

_GATHERINGS = ("gathering.announced", "gathering.revised", "gathering.called_off")
_DEADLINES = ("phase.deadline_set",)


def gathering_changes(session: Session, zone_id: int) -> dict[int, datetime]:
    """When each gathering of a zone was announced, revised or called off last, by id."""
    return _newest(session, zone_id, _GATHERINGS, "gathering_id")


def deadline_changes(session: Session, zone_id: int) -> dict[int, datetime]:
    """When the last day of each phase of a zone was set last, by id of the phase."""
    return _newest(session, zone_id, _DEADLINES, "phase_id")


def _newest(
    session: Session, zone_id: int, kinds: Collection[str], name: str
) -> dict[int, datetime]:
    number = cast(EntryRow.data[name].astext, BigInteger)
    query = (
        select(number, func.max(EntryRow.at))
        .where(EntryRow.stream == zone_stream(zone_id), EntryRow.kind.in_(kinds), is_kept())
        .group_by(number)
    )
    return {row[0]: row[1] for row in session.execute(query)}
