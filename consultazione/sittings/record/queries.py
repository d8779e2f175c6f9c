"""Reading what is written down in a sitting, ready for JSON."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.sittings.models import AgendaPoint
from consultazione.sittings.record.models import RunningNote, StockPhrase
from consultazione.sittings.record.phrases import STOCK
from consultazione.sittings.record.types import NoteText, Phrase


def running_notes(session: Session, sitting_id: int) -> dict[str, NoteText]:
    """The running notes of a sitting by point, each with the version to write on from."""
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


def phrases_of(session: Session, table_id: int, *, kept: bool = False) -> list[Phrase]:
    """The stock phrases, then the table's own, which have an id unless all are to be kept."""
    own = session.scalars(select(StockPhrase).filter_by(table_id=table_id).order_by("id"))
    stock: list[Phrase] = [{"id": None, "body": body} for body in STOCK]
    return stock + [{"id": None if kept else phrase.id, "body": phrase.body} for phrase in own]
