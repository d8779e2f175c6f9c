"""How a sitting stands with its quorum, as it is kept and sent, ready for JSON."""

from __future__ import annotations

from typing import TypedDict

# Numbers by what is counted: `persons`, `seats`, or a category's code.
Counts = dict[str, int]


class StandingSnapshot(TypedDict):
    """How a sitting stands with its quorum now."""

    needed: Counts
    there: Counts
    met: bool


class RecordedStanding(TypedDict):
    """How a sitting stood, as openings and polls keep it; null where nothing was asked."""

    attendance_needed: Counts | None
    attendance_there: Counts | None
