"""The readable table of roles and permissions, `tests/people/matrix.txt`, and who stands in it."""

from __future__ import annotations

from consultazione.config import ROOT
from consultazione.core.actor import SYSTEM, VISITOR, Actor, Grant, Role
from consultazione.core.permissions import Permission

ZONE, TABLE = 1, 2
LINES = (ROOT / "tests" / "people" / "matrix.txt").read_text().splitlines()
ROWS = [line.split() for line in LINES if line.strip() and not line.startswith("#")]
ROLES = [Role(name) for name in ROWS[0][1:]]
CELLS = [
    (Permission[name.upper()], role, cell)
    for name, *cells in ROWS[1:]
    for role, cell in zip(ROLES, cells, strict=True)
]


def somebody(role: Role, table_id: int | None = None) -> Actor:
    """An actor with one role, as people.queries builds them."""
    if role in (Role.VISITOR, Role.SYSTEM):
        return {Role.VISITOR: VISITOR, Role.SYSTEM: SYSTEM}[role]
    given = role is not Role.PARTICIPANT
    return Actor(7, "Anna", frozenset({Grant(role, ZONE, table_id)}) if given else frozenset())
