"""Queries on running notes and stock phrases, ready for JSON."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.sittings.models import AgendaPoint
from consultazione.sittings.record.models import RunningNote, StockPhrase
from consultazione.sittings.record.phrases import STOCK
from consultazione.sittings.record.types import NoteText, Phrase


def running_notes(session: Session, sitting_id: int) -> dict[str, NoteText]:
    """Return the running notes of a sitting, by point id as text.

    Each is a dict of `body` and `version`, the version that the next write must name.
    """
    query = (
        select(RunningNote)
        .join(AgendaPoint, AgendaPoint.id == RunningNote.point_id)
        .where(AgendaPoint.sitting_id == sitting_id)
        .order_by(RunningNote.point_id)
    )
    return {
        str(note.point_id): {"body": note.body, "version": note.version}
        for note in session.scalars(query)
    }


def offered_phrases(session: Session, table_id: int, *, removable: bool = True) -> list[Phrase]:
    """Return the stock phrases that every table has, then the table's own.

    Each is a dict of `id` and `body`. The table's own have the id by which they are removed,
    or None unless `removable`; the others have None.
    """
    own = session.scalars(select(StockPhrase).filter_by(table_id=table_id).order_by("id"))
    stock: list[Phrase] = [{"id": None, "body": body} for body in STOCK]
    return stock + [{"id": phrase.id if removable else None, "body": phrase.body} for phrase in own]
