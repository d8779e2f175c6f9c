"""New points of an agenda, before they are stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    """A point to add to an agenda; without a title it takes that of its proposal.

    material_ids: documents of the table to be read on it.
    """

    title: str = ""
    minutes_planned: int | None = None
    proposal_id: int | None = None
    material_ids: tuple[int, ...] = ()


def is_any_other_business(title: str) -> bool:
    """Return whether a title is one of the usual ones for the last point of an agenda."""
    return " ".join(title.casefold().split()).strip(" .") in ANY_OTHER_BUSINESS


def with_proposals(points: Sequence[NewPoint], proposal_ids: Iterable[int]) -> list[NewPoint]:
    """Return points with those for proposals before the last one (any other business)."""
    proposals = [NewPoint(proposal_id=proposal_id) for proposal_id in proposal_ids]
    return [*points[:-1], *proposals, *points[-1:]]
