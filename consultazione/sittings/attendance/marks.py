"""The attendance marks of Italian minutes, from those expected, those who came, and excuses.

P presente, A assente, G giustificato, D presente per delega (legend of ANCI Toscana,
5 February 2016). The roll page, the desk and the minutes all use `mark_all`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """The mark of an expected organisation or delegate in the register."""

    PRESENT = "P"
    ABSENT = "A"
    EXCUSED = "G"
    BY_DELEGATE = "D"


@dataclass(frozen=True)
class Came:
    """A person who came for an organisation; `holder_id` is the person who holds the mandate."""

    organisation_id: int
    person_id: int
    holder_id: int

    @property
    def by_delegate(self) -> bool:
        """Whether the person is a substitute, acting under another person's mandate."""
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


# Pairs of an organisation and one of its delegates, or None for the whole organisation.
Excuses = Collection[tuple[int, int | None]]
# Pairs of an organisation and the delegate who gave its vote to somebody who came.
Represented = Collection[tuple[int, int]]


def mark_all(
    expected: Mapping[int, Sequence[int]],
    came: Iterable[Came],
    excuses: Excuses,
    represented: Represented,
) -> list[Marked]:
    """Mark the organisations expected, and their delegates.

    expected: the delegates' person ids, by organisation id. An organisation is present if one
    of its delegates is, or else by delegation if a substitute is, or who holds its proxy. It is
    excused if it was excused as a whole, or if all its delegates were.
    """
    arrivals = list(came)
    return [
        _mark_organisation(organisation_id, delegates, arrivals, excuses, represented)
        for organisation_id, delegates in expected.items()
    ]


def _mark_organisation(
    organisation_id: int,
    delegates: Sequence[int],
    came: list[Came],
    excuses: Excuses,
    represented: Represented,
) -> Marked:
    own = [arrival for arrival in came if arrival.organisation_id == organisation_id]
    givers = {giver for organisation, giver in represented if organisation == organisation_id}
    whole = (organisation_id, None) in excuses
    marks = {
        person_id: _mark(
            [arrival for arrival in own if arrival.holder_id == person_id],
            person_id in givers,
            whole or (organisation_id, person_id) in excuses,
        )
        for person_id in delegates
    }
    all_excused = bool(marks) and set(marks.values()) == {Mark.EXCUSED}
    return Marked(organisation_id, _mark(own, bool(givers), whole or all_excused), marks)


def _mark(came: list[Came], represented: bool, excused: bool) -> Mark:
    marks = {arrival.mark for arrival in came}
    if marks:
        return Mark.PRESENT if Mark.PRESENT in marks else Mark.BY_DELEGATE
    if represented:
        return Mark.BY_DELEGATE
    return Mark.EXCUSED if excused else Mark.ABSENT
