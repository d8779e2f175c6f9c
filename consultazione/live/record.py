"""The message `record.mine`: the part of the record that is the sender's own to read."""

from __future__ import annotations

from consultazione.core.permissions import Permission
from consultazione.live.contract import NoteAnswer, RecordAnswer
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.record import queries
from consultazione.sittings.record import snapshot as statements
from consultazione.sittings.record.models import RunningNote
from consultazione.sittings.secretaries import may_write
from consultazione.web.request_db import actor, snapshot


def mine(sitting_id: int) -> RecordAnswer:
    """The sender's own statements; for those who write also the running notes and aids for it.

    The aids are the phrases, the statements whose words are left out, and the organisations
    that may undertake something.
    """
    session = snapshot()
    sitting = get_sitting(session, sitting_id)
    table = sitting.table
    own = statements.own_statements(session, sitting_id, actor().person_id)
    if not may_write(actor(), Permission.READ_RUNNING_NOTES, sitting):
        return {"record": {"own": own}}
    return {
        "record": {
            "own": own,
            "notes": queries.running_notes(session, sitting_id),
            "phrases": queries.offered_phrases(
                session, table.id, removable=sitting.rehearses is None
            ),
            "hidden": statements.hidden_statements(session, sitting_id),
            "organisations": statements.organisations_at(session, sitting_id, table.id),
        }
    }


def version_of(note: RunningNote) -> NoteAnswer:
    """The version on which the next writing of a note has to be based."""
    return {"version": note.version}
