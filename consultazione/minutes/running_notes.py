"""The running notes of a sitting, which become the first notes of its minutes."""

from __future__ import annotations

from dataclasses import dataclass

from consultazione.minutes.compose import wording
from consultazione.minutes.compose.facts import SittingFacts
from consultazione.sittings.record.events import RunningNoteRemoved, RunningNoteWritten


@dataclass(frozen=True)
class Noted:
    """The final running note of a point, and the id of its last writer."""

    body: str
    written_by: int


def running_notes(facts: SittingFacts) -> dict[int, Noted]:
    """The final running notes by point id; removed ones are left out."""
    notes: dict[int, Noted] = {}
    for entry in facts.entries:
        event = entry.event
        if isinstance(event, RunningNoteWritten):
            notes[event.point_id] = Noted(wording.text(event.body), entry.actor_id or 0)
        elif isinstance(event, RunningNoteRemoved):
            notes.pop(event.point_id, None)
    return notes
