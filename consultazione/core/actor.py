"""Who acts: a person with their roles, a visitor, or the platform itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The part that somebody has in a zone, or at one of its tables."""

    VISITOR = "visitor"
    PARTICIPANT = "participant"
    FACILITATOR = "facilitator"
    COORDINATOR = "coordinator"
    UNION_DELEGATE = "union_delegate"
    PLAN_OFFICE = "plan_office"
    ADMINISTRATOR = "administrator"
    # Of a territory: reads what is not public yet in its zones that allow it, and edits nothing.
    PROVINCIAL_COORDINATOR = "provincial_coordinator"
    SYSTEM = "system"


@dataclass(frozen=True)
class Grant:
    """A role held in a zone, or at one table of it."""

    role: Role
    zone_id: int
    table_id: int | None = None

    def covers(self, zone_id: int | None, table_id: int | None) -> bool:
        """True if the role counts there: in its zone, and at its table if it names one."""
        return self.zone_id == zone_id and self.table_id in (None, table_id)


@dataclass(frozen=True)
class Actor:
    """The person, visitor or system on whose behalf a command runs."""

    person_id: int | None = None
    display_name: str = ""
    grants: frozenset[Grant] = frozenset()
    is_system: bool = False

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


VISITOR = Actor()
SYSTEM = Actor(is_system=True)
