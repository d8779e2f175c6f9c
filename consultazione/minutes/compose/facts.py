"""The input of minutes: a sitting's log entries, and the names behind their ids."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import zip_longest
from typing import Any, TypeVar

from consultazione.core.actor import Role
from consultazione.core.events import Event
from consultazione.core.log import Entry
from consultazione.people.models import Category
from consultazione.sittings.events import SittingClosed, SittingOpened

E = TypeVar("E", bound=Event)


@dataclass(frozen=True)
class OrganisationName:
    """An organisation as the minutes name it."""

    name: str
    category: Category


@dataclass(frozen=True, kw_only=True)
class Names:
    """The names behind the ids in the entries, which hold no names themselves.

    mandates: mandate id to organisation id. holders: mandate id to the person it was given
    to; anybody else who acts under it is present by delegation. seated: organisations with a
    seat at the table. delegates: the persons expected for each of them. roles: the role in
    which a person convened or chaired the sitting. unheard: of each open poll in which persons
    voted, those who were there, might have voted, and did not; those of before are not in it.
    """

    persons: Mapping[int, str]
    organisations: Mapping[int, OrganisationName]
    mandates: Mapping[int, int]
    proposals: Mapping[int, str]
    roles: Mapping[int, Role]
    seated: Sequence[int]
    holders: Mapping[int, int] = field(default_factory=dict)
    delegates: Mapping[int, Sequence[int]] = field(default_factory=dict)
    unheard: Mapping[int, Collection[int]] = field(default_factory=dict)

    def person(self, person_id: int) -> str:
        """A person's name; a neutral label if the person has been erased."""
        return self.persons.get(person_id) or f"Partecipante {person_id}"

    def organisation(self, mandate_id: int | None) -> str | None:
        """The name of a mandate's organisation; None without a mandate."""
        organisation_id = self.mandates.get(mandate_id or 0)
        return self.organisations[organisation_id].name if organisation_id else None


@dataclass(frozen=True)
class FirstCall:
    """The first convocation of a sitting that was convened twice: its start and last notice."""

    starts_at: datetime
    notice: str | None


@dataclass(frozen=True, kw_only=True)
class SittingFacts:
    """A closed sitting: its place, its entries in commit order, and the names.

    approvals: by point, what the table approved there of earlier minutes, in sentences. notices:
    the numbers of the sitting's notices in the register (4/2026), by version from 1 on; those of
    before the register are not in it. first_call: of a second convocation.
    """

    sitting_id: int
    table_id: int
    table: str
    zone: str
    cycle: str
    demo: bool
    entries: Sequence[Entry]
    names: Names
    is_union_table: bool = False
    approvals: Mapping[int, Sequence[str]] = field(default_factory=dict)
    notices: Mapping[int, str] = field(default_factory=dict)
    first_call: FirstCall | None = None

    def each(self, kind: type[E]) -> Iterator[tuple[Entry, E]]:
        """The entries of one kind with their events, in order."""
        return iter(self._of_kind(kind))

    def _of_kind(self, kind: type[E]) -> list[tuple[Entry, E]]:
        """Looked for once: a long sitting has thousands of entries, and a question for each."""
        if kind not in self._known:
            found = [
                (entry, entry.event) for entry in self.entries if isinstance(entry.event, kind)
            ]
            self._known[kind] = found
        return self._known[kind]

    @cached_property
    def _known(self) -> dict[type[Event], list[tuple[Entry, Any]]]:
        return {}

    def first(self, kind: type[E]) -> tuple[Entry, E]:
        """The first entry of a kind; LookupError if there is none."""
        if found := self._of_kind(kind):
            return found[0]
        raise LookupError(f"sitting {self.sitting_id} has no {kind.kind}")

    def last(self, kind: type[E]) -> tuple[Entry, E]:
        """The last entry of a kind; LookupError if there is none."""
        self.first(kind)
        return self._of_kind(kind)[-1]

    def each_until_next(self, kind: type[E]) -> Iterator[tuple[Entry, E, datetime]]:
        """Like `each`, with the moment of the next such entry, or the sitting's end."""
        pairs = self._of_kind(kind)
        following = [entry.at for entry, _ in pairs[1:]]
        for (entry, event), after in zip_longest(pairs, following):
            yield entry, event, after or self.closed_at

    @cached_property
    def closed_at(self) -> datetime:
        """When the sitting was closed for good, which ended everything still in progress."""
        return self.last(SittingClosed)[0].at

    @cached_property
    def opened_at(self) -> datetime:
        """When the works began; who was there before had only waited for it."""
        return self.first(SittingOpened)[0].at
