"""Who acts: a person with their roles, a visitor, or the platform itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum


class Role(StrEnum):
    """The part that somebody has in a zone, at one of its tables, or in the installation."""

    VISITOR = "visitor"
    PARTICIPANT = "participant"
    FACILITATOR = "facilitator"
    COORDINATOR = "coordinator"
    UNION_DELEGATE = "union_delegate"
    PLAN_OFFICE = "plan_office"
    ADMINISTRATOR = "administrator"
    # Of a territory: reads what is not public yet in its zones that allow it, and edits nothing.
    PROVINCIAL_COORDINATOR = "provincial_coordinator"
    INSTALLER = "installer"
    SYSTEM = "system"


@dataclass(frozen=True)
class Grant:
    """A role held in a zone, or at one table of it; zone_id: None for the installation itself."""

    role: Role
    zone_id: int | None
    table_id: int | None = None

    def covers(self, zone_id: int | None, table_id: int | None) -> bool:
        """True if the role counts there: in its zone, and at its table if it names one."""
        return self.zone_id == zone_id and self.table_id in (None, table_id)


@dataclass(frozen=True)
class Actor:
    """The person, visitor or system on whose behalf a command runs.

    is_confirmed: False for a person whose e-mail address is not known to be theirs yet.
    held_back: roles that they have and that do not count, until they sign in by two steps.
    """

    person_id: int | None = None
    display_name: str = ""
    grants: frozenset[Grant] = frozenset()
    is_system: bool = False
    is_confirmed: bool = True
    held_back: frozenset[Grant] = frozenset()

    @property
    def is_signed_in(self) -> bool:
        return self.person_id is not None

    def roles(self, zone_id: int | None = None, table_id: int | None = None) -> frozenset[Role]:
        """The roles that count in a zone, at a table; never empty."""
        if self.is_system:
            return frozenset({Role.SYSTEM})
        if self.person_id is None:
            return frozenset({Role.VISITOR})
        held = {grant.role for grant in self.grants if grant.covers(zone_id, table_id)}
        return frozenset({Role.PARTICIPANT, *held})

    def holding_back(self, asked: Mapping[int, Collection[Role]]) -> Actor:
        """The same without two steps: roles that ask for them, by zone, do not count."""
        waiting = {
            grant for grant in self.grants if grant.role in asked.get(grant.zone_id or 0, ())
        }
        return replace(self, grants=self.grants - waiting, held_back=self.held_back | waiting)

    def with_two_steps(self) -> Actor:
        """The same, signed in by two steps: every role counts."""
        return replace(self, grants=self.grants | self.held_back, held_back=frozenset())


VISITOR = Actor()
SYSTEM = Actor(is_system=True)
