"""The premises of a union table's minutes (*premesso che*), computed from what is on record.

Union records say before what is agreed how the parties were called, that they met, and which
documents they had before them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from consultazione.minutes.compose import wording
from consultazione.minutes.compose.convocation import called, changes
from consultazione.minutes.compose.facts import SittingFacts
from consultazione.minutes.compose.types import PointRow


def premises(facts: SittingFacts, points: Sequence[PointRow]) -> list[str]:
    """The premises, one a sentence that ends as the items of a list do."""
    told = [*_called(facts), *_documents(points), *_approvals(points)]
    return [f"{one}{';' if number < len(told) else '.'}" for number, one in enumerate(told, 1)]


def _called(facts: SittingFacts) -> Iterator[str]:
    yield f"le parti sono state convocate {called(facts)}"
    for one in changes(facts):
        yield f"{one[0].lower()}{one[1:].rstrip('.')}"
    opened = wording.moment(facts.opened_at)
    yield f"la seduta è stata aperta {opened['day']}, alle ore {opened['time']}"


def _documents(points: Sequence[PointRow]) -> Iterator[str]:
    for point in points:
        titles = [f"«{one['title']}»" for one in point.get("documents", [])]
        if len(titles) == 1:
            yield f"al punto {point['rank']} è agli atti il documento {titles[0]}"
        elif titles:
            told = f"{', '.join(titles[:-1])} e {titles[-1]}"
            yield f"al punto {point['rank']} sono agli atti i documenti {told}"


def _approvals(points: Sequence[PointRow]) -> Iterator[str]:
    """The minutes of earlier sittings that the parties approved at this one."""
    for point in points:
        for said in point.get("approvals", []):
            yield f"al punto {point['rank']} {said[0].lower()}{said[1:].rstrip('.')}"
