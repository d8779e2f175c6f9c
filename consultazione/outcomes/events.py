"""Events of outcomes and of their sign-off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.outcomes.models import Answer, ClosedBy
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
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class OutcomeCopyFrozen(Event):
    """The copy of an outcome that is to be signed was written; the digest is that of its bytes."""

    kind: ClassVar[str] = "outcome.copy_frozen"

    outcome_id: int
    digest: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class OutcomeSigned(Event):
    """A union has signed an outcome."""

    kind: ClassVar[str] = "outcome.signed"

    outcome_id: int
    organisation_id: int
    mandate_id: int
    digest: str
    method: str
    signature_id: int | None = None
    certificate: str | None = None
    chain: str | None = None


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
    signature_id: int | None = None
    certificate: str | None = None
    chain: str | None = None


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
    signature_id: int | None = None
    certificate: str | None = None
    chain: str | None = None


@dataclass(frozen=True, kw_only=True)
class OutcomeItemAnswered(Event, texts={"note": "outcome_item_answer.note"}):
    """A union has answered one conclusion of an outcome in another way than the rest."""

    kind: ClassVar[str] = "outcome.item_answered"

    outcome_id: int
    organisation_id: int
    item_id: int
    answer: Answer
    note: FreeText | None


@dataclass(frozen=True, kw_only=True)
class OutcomeAdhered(Event):
    """An organisation that was not asked to sign an outcome adheres to it."""

    kind: ClassVar[str] = "outcome.adhered"

    outcome_id: int
    adherent_id: int
    organisation_id: int
    mandate_id: int
    digest: str
    method: str
    signature_id: int
    certificate: str | None = None
    chain: str | None = None


@dataclass(frozen=True, kw_only=True)
class OutcomeDeadlineSet(Event, texts={"reason": "outcome.due_reason"}):
    """The chair has set another last day for the unions' answers, and says why."""

    kind: ClassVar[str] = "outcome.deadline_set"

    outcome_id: int
    due_on: date
    was: date | None
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class SilenceRecorded(Event):
    """A union has let the deadline of an outcome pass without an answer."""

    kind: ClassVar[str] = "outcome.silence_recorded"

    outcome_id: int
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class SignOffEnded(Event, texts={"reason": "outcome.closed_reason"}):
    """The chair has ended the sign-off of an outcome before its rule was met, and says why."""

    kind: ClassVar[str] = "outcome.sign_off_ended"

    outcome_id: int
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class OutcomeClosed(Event):
    """The sign-off is over, by the zone's rule, the deadline or the chair: on to the plan."""

    kind: ClassVar[str] = "outcome.closed"

    outcome_id: int
    digest: str
    closed_by: ClosedBy = ClosedBy.RULE


@dataclass(frozen=True, kw_only=True)
class OutcomeEditionIssued(Event):
    """Personal data left the outcome by order: a new edition; answers stand on the earlier one."""

    kind: ClassVar[str] = "outcome.edition_issued"

    outcome_id: int
    edition: int
    former_sha256: str
    digest: str
    order_id: int
