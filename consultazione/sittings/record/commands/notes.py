"""Running notes of who presides, and the stock phrases of a table."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.sittings.locking import require_at, require_open, share_sitting
from consultazione.sittings.models import AgendaPoint, Sitting
from consultazione.sittings.record.events import (
    PhraseAdded,
    PhraseRemoved,
    RunningNoteRemoved,
    RunningNoteWritten,
    notes_stream,
)
from consultazione.sittings.record.models import RunningNote, StockPhrase
from consultazione.sittings.record.phrases import STOCK
from consultazione.tables.events import table_stream
from consultazione.tables.models import ThematicTable

# How many phrases of its own a table keeps.
MOST_PHRASES = 50


def write_running_note(tx: Transaction, *, point_id: int, body: str, version: int) -> RunningNote:
    """Write the running note of a point; an empty one takes it away. Harmless if it says this.

    version: that of the note which the writer had before them, 0 for none. Conflict if
    somebody has written since: their text stays. Conflict unless the sitting is open.
    """
    point, sitting = _point(tx, point_id)
    require_at(tx, Permission.WRITE_RUNNING_NOTE, sitting)
    require_open(sitting)
    note = tx.session.get(RunningNote, point.id, populate_existing=True)
    note = note or RunningNote(point_id=point.id, body="", version=0)
    if note.body == body:
        return note
    if note.version != version:
        raise Conflict(_("Somebody has written this note meanwhile: choose between the texts."))
    note.body, note.version = body, version + 1
    note.written_by, note.written_at = acting_person(tx.actor), tx.now
    tx.session.add(note)
    tx.record(
        notes_stream(sitting.id),
        RunningNoteWritten(point_id=point.id, body=FreeText(body))
        if body
        else RunningNoteRemoved(point_id=point.id),
    )
    return note


def add_phrase(tx: Transaction, *, sitting_id: int, body: str) -> StockPhrase | None:
    """Add a stock phrase to those of a sitting's table; harmless if it is there.

    None for a phrase that every table has.
    """
    sitting = share_sitting(tx, sitting_id)
    require_at(tx, Permission.ADD_PHRASE, sitting)
    tx.session.get_one(ThematicTable, sitting.table_id, with_for_update=True)
    own = select(StockPhrase).filter_by(table_id=sitting.table_id)
    known = {phrase.body: phrase for phrase in tx.session.scalars(own)}
    if body in known or body in STOCK:
        return known.get(body)
    if len(known) >= MOST_PHRASES:
        raise Conflict(_("The table has many phrases of its own: take one away first."))
    phrase = StockPhrase(table_id=sitting.table_id, body=body)
    tx.session.add(phrase)
    tx.flush()
    tx.record(table_stream(sitting.table_id), PhraseAdded(phrase_id=phrase.id, body=FreeText(body)))
    return phrase


def remove_phrase(tx: Transaction, *, phrase_id: int) -> None:
    """Take a stock phrase of a table away; NotFound if there is none."""
    phrase = tx.session.get(StockPhrase, phrase_id, with_for_update=True)
    if phrase is None:
        raise NotFound(_("This phrase is not there any more."))
    table = tx.session.get_one(ThematicTable, phrase.table_id)
    require(tx.actor, Permission.REMOVE_PHRASE, zone_id=table.zone_id, table_id=table.id)
    tx.session.delete(phrase)
    tx.record(table_stream(table.id), PhraseRemoved(phrase_id=phrase_id))


def _point(tx: Transaction, point_id: int) -> tuple[AgendaPoint, Sitting]:
    """A point whose note nobody else writes until the transaction ends; its sitting shared."""
    point = tx.session.get(AgendaPoint, point_id)
    if point is None:
        raise NotFound(_("There is no such point on the agenda."))
    sitting = share_sitting(tx, point.sitting_id)
    tx.session.refresh(point, with_for_update=True)
    return point, sitting
