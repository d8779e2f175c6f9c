"""Commands of the chair's running notes and of a table's stock phrases."""

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
from consultazione.sittings.secretaries import require_writer
from consultazione.tables.events import table_stream
from consultazione.tables.models import ThematicTable

# How many phrases of its own a table can have.
MOST_PHRASES = 50


def write_running_note(tx: Transaction, *, point_id: int, body: str, version: int) -> RunningNote:
    """Write the running note of a point; an empty body removes it.

    version: that of the note which this one replaces, 0 if there is none. Idempotent: the
    same body changes nothing, whatever the version. Locks the sitting FOR SHARE and the point
    FOR UPDATE. Conflict, which leaves the note as it is, if the version is not the current
    one; Conflict if the sitting is not open.
    """
    point, sitting = _lock_point(tx, point_id)
    require_writer(tx.actor, Permission.WRITE_RUNNING_NOTE, sitting)
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
    """Add a stock phrase to those of a sitting's table.

    Idempotent: returns the phrase with the same body, or None if every table has it. Locks
    the sitting FOR SHARE and the table FOR UPDATE. Conflict if the table has MOST_PHRASES.
    """
    sitting = share_sitting(tx, sitting_id)
    require_at(tx, Permission.ADD_PHRASE, sitting)
    tx.session.get_one(ThematicTable, sitting.table_id, with_for_update=True)
    own = select(StockPhrase).filter_by(table_id=sitting.table_id)
    existing = {phrase.body: phrase for phrase in tx.session.scalars(own)}
    if body in existing or body in STOCK:
        return existing.get(body)
    if len(existing) >= MOST_PHRASES:
        raise Conflict(_("The table has many phrases of its own: take one away first."))
    phrase = StockPhrase(table_id=sitting.table_id, body=body)
    tx.session.add(phrase)
    tx.flush()
    tx.record(table_stream(sitting.table_id), PhraseAdded(phrase_id=phrase.id, body=FreeText(body)))
    return phrase


def remove_phrase(tx: Transaction, *, phrase_id: int) -> None:
    """Remove a stock phrase of a table; locks it FOR UPDATE. NotFound if repeated."""
    phrase = tx.session.get(StockPhrase, phrase_id, with_for_update=True)
    if phrase is None:
        raise NotFound(_("This phrase is not there any more."))
    table = tx.session.get_one(ThematicTable, phrase.table_id)
    require(tx.actor, Permission.REMOVE_PHRASE, zone_id=table.zone_id, table_id=table.id)
    tx.session.delete(phrase)
    tx.record(table_stream(table.id), PhraseRemoved(phrase_id=phrase_id))


def _lock_point(tx: Transaction, point_id: int) -> tuple[AgendaPoint, Sitting]:
    """Lock a point FOR UPDATE, and its sitting FOR SHARE."""
    point = tx.session.get(AgendaPoint, point_id)
    if point is None:
        raise NotFound(_("There is no such point on the agenda."))
    sitting = share_sitting(tx, point.sitting_id)
    tx.session.refresh(point, with_for_update=True)
    return point, sitting
