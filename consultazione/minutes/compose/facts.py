"""What the minutes of a sitting are composed from: its entries, and the names behind the ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import zip_longest
from typing import TypeVar

from consultazione.core.actor import Role
from consultazione.core.events import Event
from consultazione.core.log import Entry
from consultazione.people.models import Category
from consultazione.sittings.events import SittingClosed

E = TypeVar("E", bound=Event)


@dataclass(frozen=True)
class OrganisationName:
    """An organisation as the minutes name it."""

    name: str
    category: Category


@dataclass(frozen=True, kw_only=True)
class Names:
    """The names behind the ids of the entries; entries themselves hold none.

    mandates: which organisation a mandate is for. holders: to whom a mandate was given;
    who acts under another's is present by delegation. seated: organisations with a seat at
    the table. delegates: the persons expected for each of them. roles: in which role a
    person convened or presided.
    """

    persons: Mapping[int, str]
    organisations: Mapping[int, OrganisationName]
    mandates: Mapping[int, int]
    proposals: Mapping[int, str]
    roles: Mapping[int, Role]
    seated: Sequence[int]
    holders: Mapping[int, int] = field(default_factory=dict)
    delegates: Mapping[int, Sequence[int]] = field(default_factory=dict)

    def person(self, person_id: int) -> str:
        """A person's name; a neutral word once the person has been erased."""
        return self.persons.get(person_id) or f"Partecipante {person_id}"

    def organisation(self, mandate_id: int | None) -> str | None:
        """The organisation that a mandate is for; None for whoever speaks for themselves."""
        organisation_id = self.mandates.get(mandate_id or 0)
        return self.organisations[organisation_id].name if organisation_id else None


@dataclass(frozen=True, kw_only=True)
class SittingFacts:
    """A closed sitting: where it belongs, its entries in order of commit, and the names."""

    sitting_id: int
    table_id: int
    table: str
    zone: str
    cycle: str
    demo: bool
    entries: Sequence[Entry]
    names: Names

    def each(self, kind: type[E]) -> Iterator[tuple[Entry, E]]:
        """Every entry of one kind with its event, in order."""
        for entry in self.entries:
            if isinstance(entry.event, kind):
                yield entry, entry.event

    def first(self, kind: type[E]) -> tuple[Entry, E]:
        """The first entry of a kind; LookupError if it never happened."""
        for found in self.each(kind):
            return found
        raise LookupError(f"sitting {self.sitting_id} has no {kind.kind}")

    def each_until_next(self, kind: type[E]) -> Iterator[tuple[Entry, E, datetime]]:
        """The same, with the moment of the next one of that kind, or the sitting's end."""
        found = list(self.each(kind))
        following = [entry.at for entry, _ in found[1:]]
        for (entry, event), after in zip_longest(found, following):
            yield entry, event, after or self.closed_at

    @property
    def closed_at(self) -> datetime:
        """When the sitting was closed: whatever was still going on ended then."""
        return self.first(SittingClosed)[0].at
