"""The marks of attendance as Italian minutes use them, from who was expected and who came.

P presente, A assente, G giustificato, D presente per delega (legend of ANCI Toscana,
5 February 2016). One function, for the page, the desk and the minutes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How somebody who was expected stands in the register."""

    PRESENT = "P"
    ABSENT = "A"
    EXCUSED = "G"
    BY_DELEGATE = "D"


@dataclass(frozen=True)
class Came:
    """Somebody came for an organisation; `holder_id` is whose mandate it was."""

    organisation_id: int
    person_id: int
    holder_id: int

    @property
    def by_delegate(self) -> bool:
        """True for who acts under somebody else's mandate."""
        return self.person_id != self.holder_id

    @property
    def mark(self) -> Mark:
        """P, or D for a substitute."""
        return Mark.BY_DELEGATE if self.by_delegate else Mark.PRESENT


@dataclass(frozen=True)
class Marked:
    """An organisation's mark, and those of its delegates by person."""

    organisation_id: int
    mark: Mark
    delegates: Mapping[int, Mark]


# Who is excused: an organisation with one of its delegates, or with None as a whole.
Excuses = Collection[tuple[int, int | None]]


def mark_all(
    expected: Mapping[int, Sequence[int]], came: Iterable[Came], excuses: Excuses
) -> list[Marked]:
    """The marks of those expected: organisations with their delegates.

    An organisation is present if one of its delegates is, else by delegation if a
    substitute is; it is excused as a whole, or if all its delegates are.
    """
    there = list(came)
    return [
        _marked(organisation_id, delegates, there, excuses)
        for organisation_id, delegates in expected.items()
    ]


def _marked(
    organisation_id: int, delegates: Sequence[int], came: list[Came], excuses: Excuses
) -> Marked:
    own = [one for one in came if one.organisation_id == organisation_id]
    whole = (organisation_id, None) in excuses
    marks = {
        person_id: _mark(
            [one for one in own if one.holder_id == person_id],
            whole or (organisation_id, person_id) in excuses,
        )
        for person_id in delegates
    }
    all_excused = bool(marks) and set(marks.values()) == {Mark.EXCUSED}
    return Marked(organisation_id, _mark(own, whole or all_excused), marks)


def _mark(came: list[Came], excused: bool) -> Mark:
    found = {one.mark for one in came}
    if found:
        return Mark.PRESENT if Mark.PRESENT in found else Mark.BY_DELEGATE
    return Mark.EXCUSED if excused else Mark.ABSENT
