"""Events of a sitting's quorum."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from consultazione.core.events import Event
from consultazione.sittings.quorums.base import QuorumKind


@dataclass(frozen=True, kw_only=True)
class QuorumSet(Event):
    """It has been said how many must be there for a sitting to decide."""

    kind: ClassVar[str] = "quorum.set"

    sitting_id: int
    quorum_kind: QuorumKind
    least: int = 0
    percent: int = 0
    by_category: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class QuorumVerified(Event):
    """It has been ascertained how many are there, of how many are needed."""

    kind: ClassVar[str] = "quorum.verified"

    sitting_id: int
    needed: dict[str, int]
    there: dict[str, int]
