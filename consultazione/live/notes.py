"""What is written down in a sitting, for each what is theirs to read or to write on from."""

from __future__ import annotations

from typing import Any

from consultazione.people.permissions import may
from consultazione.sittings.notes import queries
from consultazione.sittings.notes.models import RunningNote
from consultazione.sittings.queries import get_sitting
from consultazione.web.unit import actor, snapshot


def mine(sitting_id: int) -> dict[str, Any]:
    """For who presides, the running notes and the phrases; nothing of them for others."""
    session = snapshot()
    table = get_sitting(session, sitting_id).table
    if not may(actor(), "write_running_note", zone_id=table.zone_id, table_id=table.id):
        return {"record": {}}
    notes = queries.running_notes(session, sitting_id)
    return {"record": {"notes": notes, "phrases": queries.phrases_of(session, table.id)}}


def version_of(note: RunningNote) -> dict[str, Any]:
    """The version from which a note is written on."""
    return {"version": note.version}
