"""The protocol of the quorum rules of a sitting; each rule is a small class without state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, Protocol

from cattrs import structure

from consultazione.people.models import Category
from consultazione.sittings.quorums.types import Counts, RecordedStanding


class QuorumKind(StrEnum):
    """The unit in which the quorum of a sitting is counted."""

    NONE = "none"
    PERSONS = "persons"
    SEATS = "seats"
    CATEGORIES = "categories"


@dataclass(frozen=True, kw_only=True)
class QuorumTerms:
    """The quorum that a sitting was convened with; each kind reads its own numbers only.

    least: how many persons must be present. percent: the share of the table's seats that
    must be represented, 1 to 100. by_category: how many persons of each category must be
    present.
    """

    kind: QuorumKind = QuorumKind.NONE
    least: int = 0
    percent: int = 0
    by_category: Mapping[Category, int] = field(default_factory=dict)


class Hall(Protocol):
    """How many are present in a sitting at one moment.

    persons: those who count among those who vote at the table. seats: how many organisations
    have a seat at it. represented: how many of those have somebody present.
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
    """The state of a quorum at one moment: the numbers needed and the numbers present.

    Both are keyed by what is counted: `persons`, `seats` or the code of a category.
    """

    needed: Counts
    there: Counts

    @property
    def met(self) -> bool:
        """True if no number falls short."""
        return not self.lacking

    @property
    def lacking(self) -> list[str]:
        """The keys whose number present is below the number needed."""
        return [name for name, least in self.needed.items() if self.there[name] < least]


class QuorumRule(Protocol):
    """A rule by which a quorum is counted.

    kind: the rule's name in sittings and events. grounds: the word recorded with a poll that
    is void for lack of this quorum; `polls.labels.GROUNDS` has its sentence.
    """

    kind: ClassVar[QuorumKind]
    grounds: ClassVar[str]

    def check(self, terms: QuorumTerms) -> None:
        """Raise Invalid, with the field, if the numbers make no quorum."""

    def standing(self, terms: QuorumTerms, hall: Hall) -> Standing:
        """Compare what the terms need with who is present."""

    def numbers(self, standing: Standing) -> Counts:
        """The numbers for the sentence of a missed quorum."""


def recorded_standing(standing: Standing | None) -> RecordedStanding:
    """The standing as the fields that openings and polls record; both None without a quorum."""
    return {
        "attendance_needed": None if standing is None else standing.needed,
        "attendance_there": None if standing is None else standing.there,
    }


def terms_document(terms: QuorumTerms) -> dict[str, Any]:
    """The terms as a document, as `Sitting.quorum` stores them."""
    return asdict(terms)


def quorum_terms(document: Mapping[str, Any] | None) -> QuorumTerms:
    """Read stored terms; None gives terms that require nobody."""
    return QuorumTerms() if document is None else structure(dict(document), QuorumTerms)
