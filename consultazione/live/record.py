"""What is written down in a sitting, for each what is theirs to read or to write on from."""

from __future__ import annotations

from typing import Any

from consultazione.core.permissions import Permission, may
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.record import queries
from consultazione.sittings.record import snapshot as statements
from consultazione.sittings.record.models import RunningNote
from consultazione.web.request_db import actor, snapshot


def mine(sitting_id: int) -> dict[str, Any]:
    """One's own statements; for who presides also the running notes and what helps to write.

    These are the phrases, the statements whose words are left out, and the organisations
    that may undertake something.
    """
    session = snapshot()
    sitting = get_sitting(session, sitting_id)
    table = sitting.table
    found: dict[str, Any] = {
        "own": statements.own_statements(session, sitting_id, actor().person_id)
    }
    if may(actor(), Permission.READ_RUNNING_NOTES, zone_id=table.zone_id, table_id=table.id):
        found |= {
            "notes": queries.running_notes(session, sitting_id),
            "phrases": queries.phrases_of(session, table.id, kept=sitting.rehearses is not None),
            "hidden": statements.hidden_statements(session, sitting_id),
            "organisations": statements.organisations_at(session, sitting_id, table.id),
        }
    return {"record": found}


def version_of(note: RunningNote) -> dict[str, Any]:
    """The version from which a note is written on."""
    return {"version": note.version}
