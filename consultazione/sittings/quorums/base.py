"""What every rule of a sitting's quorum can do; a rule is one small class without state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, Protocol

from cattrs import structure

from consultazione.people.models import Category
from consultazione.sittings.quorums.types import Counts, RecordedStanding


class QuorumKind(StrEnum):
    """What the quorum of a sitting is counted in."""

    NONE = "none"
    PERSONS = "persons"
    SEATS = "seats"
    CATEGORIES = "categories"


@dataclass(frozen=True, kw_only=True)
class QuorumTerms:
    """The quorum of one sitting; each kind reads the numbers that are its own.

    least: persons present. percent: of the seats at the table. by_category: persons present
    of a category.
    """

    kind: QuorumKind = QuorumKind.NONE
    least: int = 0
    percent: int = 0
    by_category: Mapping[Category, int] = field(default_factory=dict)


class Hall(Protocol):
    """Who is in a sitting at one moment, in numbers.

    seats: the organisations of its table; represented: those of them for which somebody
    is there.
    """

    @property
    def persons(self) -> int: ...

    @property
    def by_category(self) -> Mapping[Category, int]: ...

    @property
    def seats(self) -> int: ...

    @property
    def represented(self) -> int: ...


@dataclass(frozen=True)
class Standing:
    """What a sitting needs to decide, and what is there of it, by what is counted.

    What is counted is `persons`, `seats` or a category's code.
    """

    needed: Counts
    there: Counts

    @property
    def met(self) -> bool:
        """True if there is enough of everything."""
        return not self.lacking

    @property
    def lacking(self) -> list[str]:
        """What there is too little of."""
        return [name for name, least in self.needed.items() if self.there[name] < least]


class QuorumRule(Protocol):
    """A way to say how many must be there.

    kind: how sittings and events call the rule. grounds: the word for a poll that failed
    because they were not (`labels.GROUNDS` has the sentence).
    """

    kind: ClassVar[QuorumKind]
    grounds: ClassVar[str]

    def check(self, terms: QuorumTerms) -> None:
        """Invalid, with the field, unless the numbers are in order."""

    def standing(self, terms: QuorumTerms, hall: Hall) -> Standing:
        """What is needed and what is there."""

    def numbers(self, standing: Standing) -> Counts:
        """What the sentence of a missed quorum names."""


def recorded(standing: Standing | None) -> RecordedStanding:
    """How a sitting stood, as openings and polls keep it; None where nothing was asked."""
    return {
        "attendance_needed": None if standing is None else standing.needed,
        "attendance_there": None if standing is None else standing.there,
    }


def stored(terms: QuorumTerms) -> dict[str, Any]:
    """The terms as they are kept with a sitting."""
    return asdict(terms)


def quorum_terms(document: Mapping[str, Any] | None) -> QuorumTerms:
    """The terms as they were stored; without any, nothing is asked."""
    return QuorumTerms() if document is None else structure(dict(document), QuorumTerms)
