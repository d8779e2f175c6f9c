"""Events of amendments; they stand in the stream of their proposal's table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.people.models import Category
from consultazione.proposals.amendments.models import Part


@dataclass(frozen=True, kw_only=True)
class AmendmentProposed(
    Event,
    texts={
        "old": "proposal_amendment.old",
        "new": "proposal_amendment.new",
        "reason": "proposal_amendment.reason",
    },
):
    """A participant has proposed other words for a paragraph of a proposal, and says why."""

    kind: ClassVar[str] = "amendment.proposed"

    amendment_id: int
    proposal_id: int
    table_id: int
    version: int
    mandate_id: int | None
    category: Category
    part: Part
    old: FreeText
    new: FreeText
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class AmendmentAccepted(Event):
    """The author of a proposal has taken an amendment over, word for word, as a new version."""

    kind: ClassVar[str] = "amendment.accepted"

    amendment_id: int
    proposal_id: int
    table_id: int
    version: int


@dataclass(frozen=True, kw_only=True)
class AmendmentRefused(Event, texts={"answer": "proposal_amendment.answer"}):
    """The author of a proposal has not taken an amendment over, and says why."""

    kind: ClassVar[str] = "amendment.refused"

    amendment_id: int
    proposal_id: int
    table_id: int
    answer: FreeText


@dataclass(frozen=True, kw_only=True)
class AmendmentWithdrawn(Event):
    """Whoever has proposed an amendment has taken it back."""

    kind: ClassVar[str] = "amendment.withdrawn"

    amendment_id: int
    proposal_id: int
    table_id: int
