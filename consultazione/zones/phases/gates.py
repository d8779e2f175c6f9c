"""What a phase owes before it is closed: each feature says so of its own.

A feature registers a gate for a kind of phase; `consultazione.gates` imports them all. The path
stands above the features, so it cannot ask them itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from consultazione.core.errors import Sentence
from consultazione.zones.models import PhaseKind


@dataclass(frozen=True)
class Owed:
    """Something that is missing; endpoint, values: its page, as arguments of `url_for`."""

    sentence: Sentence
    endpoint: str
    values: dict[str, Any] = field(default_factory=dict)


# Given a session and the id of a cycle: what is still owed there.
Gate = Callable[[Session, int], Iterable[Owed]]

# The kinds of phase that some feature keeps closed until it has what it waits for.
GATED = frozenset({PhaseKind.PARTICIPATION, PhaseKind.DEFINITION, PhaseKind.APPROVAL})
_GATES: dict[PhaseKind, Gate] = {}


def register_gate(kind: PhaseKind, gate: Gate) -> None:
    """Let a feature say what a kind of phase owes; each kind has one that does."""
    assert kind in GATED, f"{kind} owes nothing"
    _GATES[kind] = gate


def owed(session: Session, cycle_id: int, kind: PhaseKind) -> list[Owed]:
    """What a phase of that kind still owes in a cycle; empty if it may be closed.

    LookupError if the feature that knows is not loaded: a gate that is missing lets nobody by.
    """
    return list(_GATES[kind](session, cycle_id)) if kind in GATED else []
