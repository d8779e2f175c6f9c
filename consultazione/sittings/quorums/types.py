"""Types of the standing of a sitting's quorum as stored and sent, ready for JSON."""

from __future__ import annotations

from typing import TypedDict

# Numbers by what is counted: `persons`, `seats`, or a category's code.
Counts = dict[str, int]


class StandingSnapshot(TypedDict):
    """The standing of a sitting's quorum now."""

    needed: Counts
    there: Counts
    met: bool


class RecordedStanding(TypedDict):
    """The standing as openings and polls record it; null without a quorum."""

    attendance_needed: Counts | None
    attendance_there: Counts | None
