"""The points of an agenda before they are put on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

ANY_OTHER_BUSINESS = frozenset(
    {
        "varie",
        "varie ed eventuali",
        "eventuali e varie",
        "altri argomenti",
        "any other business",
        "other business",
    }
)


@dataclass(frozen=True)
class NewPoint:
    """A point to put on an agenda; without a title it takes that of its proposal."""

    title: str = ""
    minutes_planned: int | None = None
    proposal_id: int | None = None


def is_any_other_business(title: str) -> bool:
    """True for the point with which agendas end, in the words that are usual for it."""
    return " ".join(title.casefold().split()).strip(" .") in ANY_OTHER_BUSINESS


def with_proposals(titles: Iterable[str], proposal_ids: Iterable[int]) -> list[NewPoint]:
    """Points by their titles, and the proposals before the last: "any other business"."""
    points = [NewPoint(title=title) for title in titles]
    proposals = [NewPoint(proposal_id=proposal_id) for proposal_id in proposal_ids]
    return [*points[:-1], *proposals, *points[-1:]]
