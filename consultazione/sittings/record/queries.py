"""Queries on running notes and stock phrases."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.errors import NotFound
from consultazione.sittings.models import AgendaPoint
from consultazione.sittings.record.models import RunningNote, StockPhrase, ZonePhrase
from consultazione.sittings.record.phrases import STOCK
from consultazione.sittings.record.types import NoteText, Phrase
from consultazione.tables.models import ThematicTable


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
    """Return the phrases of the product, those of the zone, then the table's own.

    Each is a dict of `id` and `body`. The table's own have the id by which they are removed,
    or None unless `removable`; the others have None.
    """
    table = session.get_one(ThematicTable, table_id)
    kept = [phrase.body for phrase in zone_phrases(session, table.zone_id)]
    stock: list[Phrase] = [{"id": None, "body": body} for body in (*STOCK, *kept)]
    return stock + [
        {"id": phrase.id if removable else None, "body": phrase.body}
        for phrase in _of_table(session, table_id)
    ]


@dataclass(frozen=True)
class PhraseShelves:
    """The phrases that a writer of minutes picks from, by whose they are."""

    zone: list[str]
    table: list[str]
    product: list[str]


def phrase_shelves(session: Session, zone_id: int, table_id: int) -> PhraseShelves:
    """The phrases of a zone, of one of its tables, and of the product."""
    return PhraseShelves(
        zone=[phrase.body for phrase in zone_phrases(session, zone_id)],
        table=[phrase.body for phrase in _of_table(session, table_id)],
        product=list(STOCK),
    )


def zone_phrases(session: Session, zone_id: int, *, retired: bool = False) -> list[ZonePhrase]:
    """A zone's phrases that are offered, or those that are retired, by id."""
    query = select(ZonePhrase).filter_by(zone_id=zone_id).order_by(ZonePhrase.id)
    gone = ZonePhrase.retired_at
    return list(session.scalars(query.where(gone.is_not(None) if retired else gone.is_(None))))


def get_zone_phrase(session: Session, zone_phrase_id: int) -> ZonePhrase:
    """A phrase of a zone by id; NotFound if there is none."""
    phrase = session.get(ZonePhrase, zone_phrase_id)
    if phrase is None:
        raise NotFound(_("There is no such phrase."))
    return phrase


def _of_table(session: Session, table_id: int) -> list[StockPhrase]:
    query = select(StockPhrase).filter_by(table_id=table_id).order_by(StockPhrase.id)
    return list(session.scalars(query))
