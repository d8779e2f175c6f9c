"""Events of outcomes and of their sign-off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.zones.models import SignOffRule


def outcome_stream(outcome_id: int) -> str:
    """The stream of an outcome."""
    return f"outcome:{outcome_id}"


@dataclass(frozen=True, kw_only=True)
class OutcomeOpened(Event):
    """A worker has drawn up an outcome from published minutes; the unions are asked to answer."""

    kind: ClassVar[str] = "outcome.opened"

    outcome_id: int
    minutes_id: int
    digest: str
    rule: SignOffRule


@dataclass(frozen=True, kw_only=True)
class OutcomeSigned(Event):
    """A union has signed an outcome."""

    kind: ClassVar[str] = "outcome.signed"

    outcome_id: int
    organisation_id: int
    mandate_id: int
    digest: str
    method: str


@dataclass(frozen=True, kw_only=True)
class OutcomeSignedWithNote(Event, texts={"note": "outcome_party.note"}):
    """A union has signed an outcome with a note to the record."""

    kind: ClassVar[str] = "outcome.signed_with_note"

    outcome_id: int
    organisation_id: int
    mandate_id: int
    digest: str
    method: str
    note: FreeText


@dataclass(frozen=True, kw_only=True)
class OutcomeDeclined(Event, texts={"reason": "outcome_party.note"}):
    """A union has declined to sign an outcome, and says why."""

    kind: ClassVar[str] = "outcome.declined"

    outcome_id: int
    organisation_id: int
    mandate_id: int
    digest: str
    method: str
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class OutcomeClosed(Event):
    """The rule of sign-off is met: the outcome goes on to the plan."""

    kind: ClassVar[str] = "outcome.closed"

    outcome_id: int
    digest: str
