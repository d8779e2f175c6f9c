"""Events of a zone and of its path."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from consultazione.core.events import Event
from consultazione.zones.models import ActKind


def zone_stream(zone_id: int) -> str:
    """The stream of a zone: its path, organisations, mandates and roles."""
    return f"zone:{zone_id}"


@dataclass(frozen=True, kw_only=True)
class ZoneSetUp(Event):
    """A zone and its first planning cycle have been set up."""

    kind: ClassVar[str] = "zone.set_up"

    zone_id: int
    cycle_start: int
    cycle_end: int


@dataclass(frozen=True, kw_only=True)
class CycleOpened(Event):
    """One more planning cycle of a zone has been opened."""

    kind: ClassVar[str] = "cycle.opened"

    cycle_id: int
    first_year: int
    last_year: int


@dataclass(frozen=True, kw_only=True)
class PhaseOpened(Event):
    """A phase of the path has begun."""

    kind: ClassVar[str] = "phase.opened"

    phase_id: int
    starts_on: date


@dataclass(frozen=True, kw_only=True)
class DeadlineSet(Event):
    """The last day on which a phase takes contributions was announced, or taken back."""

    kind: ClassVar[str] = "phase.deadline_set"

    phase_id: int
    due_on: date | None


@dataclass(frozen=True, kw_only=True)
class PhaseClosed(Event):
    """A formal act has closed a phase of the path."""

    kind: ClassVar[str] = "phase.closed"

    phase_id: int
    act_id: int
    closed_on: date


@dataclass(frozen=True, kw_only=True)
class ActRecorded(Event):
    """A formal act has been entered in the register of acts."""

    kind: ClassVar[str] = "act.recorded"

    act_id: int
    act_kind: ActKind
    on_day: date
