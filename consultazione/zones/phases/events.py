"""Events of phases beside their beginning and their end; they stand in the stream of the zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from consultazione.core.events import Event, FreeText


@dataclass(frozen=True, kw_only=True)
class PhaseReopened(Event, texts={"reason": "phase_reopening.reason"}):
    """A formal act has reopened a phase of the path that was closed, for a reason."""

    kind: ClassVar[str] = "phase.reopened"

    phase_id: int
    act_id: int
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class PhaseCorrected(
    Event,
    texts={
        "title": "phase.title", "description": "phase.description",
        "reason": "phase_version.reason",
    },
):  # fmt: skip
    """What the path says of a phase was corrected; `version` is what it said before."""

    kind: ClassVar[str] = "phase.corrected"

    phase_id: int
    version: int
    title: FreeText
    description: FreeText
    starts_on: date | None
    closed_on: date | None
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class PhaseSuspended(Event, texts={"reason": "phase_hold.reason"}):
    """A formal act has suspended a phase until a day, that one included."""

    kind: ClassVar[str] = "phase.suspended"

    phase_id: int
    hold_id: int
    act_id: int
    until: date
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class PhaseResumed(Event, texts={"reason": "phase_hold.lifted_reason"}):
    """The suspension of a phase has ended before its day, for a reason."""

    kind: ClassVar[str] = "phase.resumed"

    phase_id: int
    hold_id: int
    reason: FreeText
