"""The running notes of a sitting, which become the first notes of its minutes."""

from __future__ import annotations

from dataclasses import dataclass

from consultazione.minutes.compose import wording
from consultazione.minutes.compose.facts import SittingFacts
from consultazione.sittings.record.events import RunningNoteRemoved, RunningNoteWritten


@dataclass(frozen=True)
class Noted:
    """What stood in the running note of a point in the end, and who wrote it last."""

    body: str
    written_by: int


def running_notes(facts: SittingFacts) -> dict[int, Noted]:
    """The running notes by point, those that were taken away left out."""
    found: dict[int, Noted] = {}
    for entry in facts.entries:
        event = entry.event
        if isinstance(event, RunningNoteWritten):
            found[event.point_id] = Noted(wording.text(event.body), entry.actor_id or 0)
        elif isinstance(event, RunningNoteRemoved):
            found.pop(event.point_id, None)
    return found
