"""Drafting the minutes from the log entries of a closed sitting."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask_babel import lazy_gettext as _

from consultazione.core.canonical import sha256_of
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.minutes.compose.document import compose
from consultazione.minutes.events import MinutesComposed, NoteWritten, minutes_stream
from consultazione.minutes.gather import gather
from consultazione.minutes.models import Minutes, MinutesNote, MinutesState
from consultazione.minutes.queries import minutes_of
from consultazione.minutes.running_notes import Noted, running_notes
from consultazione.sittings.models import Sitting, SittingState

STEPS = ("read", "compose", "write")


def draft_minutes(
    tx: Transaction, *, sitting_id: int, on_step: Callable[[str], None] = lambda _step: None
) -> Minutes:
    """Return the minutes of a closed sitting, drafting them if there are none. Idempotent.

    Composes a draft anew that was written before the sitting was reopened and closed again.
    Locks the sitting FOR UPDATE. on_step: called with each of STEPS as it begins. NotFound if
    there is no such sitting; Conflict if it is not closed.
    """
    sitting = tx.session.get(Sitting, sitting_id, with_for_update={"of": Sitting})
    if sitting is None:
        raise NotFound(_("There is no such sitting."))
    require(
        tx.actor, Permission.DRAFT_MINUTES, zone_id=sitting.table.zone_id, table_id=sitting.table_id
    )
    if sitting.state is not SittingState.CLOSED:
        raise Conflict(_("The minutes are written once the sitting is closed."))
    existing = minutes_of(tx.session, sitting_id)
    if existing is None or _is_outdated(existing, sitting):
        return _write(tx, sitting_id, existing, on_step)
    return existing


def _is_outdated(minutes: Minutes, sitting: Sitting) -> bool:
    """Whether a draft was composed before the sitting was closed for the last time."""
    is_draft = minutes.state is MinutesState.DRAFT
    return is_draft and sitting.closed_at is not None and minutes.composed_at < sitting.closed_at


def _write(
    tx: Transaction, sitting_id: int, draft: Minutes | None, on_step: Callable[[str], None]
) -> Minutes:
    on_step("read")
    gathered = gather(tx.session, sitting_id)
    on_step("compose")
    facts = compose(gathered)
    on_step("write")
    minutes = draft or Minutes(sitting_id=sitting_id, state=MinutesState.DRAFT, version=0)
    minutes.facts, minutes.composed_at = facts, tx.now
    minutes.version += 1
    minutes.circulated_at = minutes.corrections_until = None
    minutes.endorsed_by = minutes.endorsed_version = None
    tx.session.add(minutes)
    tx.flush()
    tx.record(
        minutes_stream(sitting_id),
        MinutesComposed(
            minutes_id=minutes.id, sitting_id=sitting_id, facts_sha256=sha256_of(facts)
        ),
    )
    _take_over_notes(tx, minutes, running_notes(gathered))
    return minutes


def _take_over_notes(tx: Transaction, minutes: Minutes, running: Mapping[int, Noted]) -> None:
    """Copy the running notes into the draft, where the facilitator edits them.

    Where somebody has edited a note in the draft already, theirs stays.
    """
    there = {note.point_id: note for note in minutes.notes}
    for point_id, noted in running.items():
        note = there.get(point_id) or MinutesNote(minutes_id=minutes.id, point_id=point_id)
        if note.body == noted.body or (note.version or 1) > 1:
            continue
        note.body, note.version = noted.body, 1
        note.written_by, note.written_at = noted.written_by, tx.now
        tx.session.add(note)
        written = NoteWritten(minutes_id=minutes.id, point_id=point_id, body=FreeText(note.body))
        tx.record(minutes_stream(minutes.sitting_id), written)
