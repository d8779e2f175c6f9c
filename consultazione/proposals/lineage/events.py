"""Events of lineage: one in the stream of the table that is left, one for each new proposal."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.people.models import Category
from consultazione.proposals.lineage.models import Way


@dataclass(frozen=True, kw_only=True)
class ProposalSuperseded(Event, texts={"reason": "proposal_lineage.reason"}):
    """A proposal continues in others: merged into one, divided into two, or forwarded."""

    kind: ClassVar[str] = "proposal.superseded"

    proposal_id: int
    table_id: int
    version: int
    way: Way
    by_ids: list[int]
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class ProposalDerived(
    Event,
    texts={
        "title": "proposal_version.title",
        "body": "proposal_version.body",
        "need": "proposal_version.need",
        "effect": "proposal_version.effect",
    },
):
    """A proposal has come out of another one, in the name of the same author (`person_id`)."""

    kind: ClassVar[str] = "proposal.derived"

    proposal_id: int
    table_id: int
    origin_id: int
    person_id: int
    mandate_id: int | None
    category: Category
    title: FreeText
    body: FreeText
    need: FreeText | None
    effect: FreeText | None
    chapter_id: int | None
    priority_id: int | None
    need_ids: list[int] = field(default_factory=list)
