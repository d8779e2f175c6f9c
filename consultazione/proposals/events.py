"""Events of proposals; they stand in the stream of their table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.people.models import Category


@dataclass(frozen=True, kw_only=True)
class ProposalSubmitted(Event, texts={"title": "proposal.title", "body": "proposal.body"}):
    """A participant has handed in a proposal at a table."""

    kind: ClassVar[str] = "proposal.submitted"

    proposal_id: int
    table_id: int
    mandate_id: int | None
    category: Category
    title: FreeText
    body: FreeText
    need_ids: list[int] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class ProposalAdmitted(Event):
    """A facilitator has admitted a proposal to discussion."""

    kind: ClassVar[str] = "proposal.admitted"

    proposal_id: int
    table_id: int


@dataclass(frozen=True, kw_only=True)
class ProposalNotAdmitted(Event, texts={"reason": "proposal.state_reason"}):
    """A facilitator has not admitted a proposal, and says why."""

    kind: ClassVar[str] = "proposal.not_admitted"

    proposal_id: int
    table_id: int
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class ProposalWithdrawn(Event):
    """The author has withdrawn a proposal."""

    kind: ClassVar[str] = "proposal.withdrawn"

    proposal_id: int
    table_id: int


@dataclass(frozen=True, kw_only=True)
class ProposalSupported(Event):
    """A person supports a proposal."""

    kind: ClassVar[str] = "proposal.supported"

    proposal_id: int
    table_id: int
    mandate_id: int | None
    category: Category


@dataclass(frozen=True, kw_only=True)
class SupportWithdrawn(Event):
    """A person no longer supports a proposal."""

    kind: ClassVar[str] = "proposal.support_withdrawn"

    proposal_id: int
    table_id: int
