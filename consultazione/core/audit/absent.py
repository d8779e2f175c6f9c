"""What the log of a restored cycle tells of and its archive has not: rows of the zone's others.

The streams of a zone are those of all its cycles, and an archive has the rows of one. It has a row
only if all is there to which the row refers; a column that may be empty is emptied instead
(`archive.state.writing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Set

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.audit.books import Audit
from consultazione.core.audit.fold import Expected
from consultazione.core.columns import among

# References to rows that are not there: the column, and the number that it would have.
Absent = Set[tuple[str, int]]


def absent(session: Session, audit: Audit, rows: Iterable[Expected]) -> Absent:
    """The references of rows, as the log has them, that lead to nothing."""
    told = list(rows)
    found: set[tuple[str, int]] = set()
    for key in audit.table.foreign_keys:
        name = key.parent.name
        asked = {value for row in told if isinstance(value := row.values.get(name), int)}
        if asked:
            query = select(key.column).where(among(key.column, asked))
            found |= {(name, one) for one in asked - set(session.scalars(query))}
    return found


def is_elsewhere(audit: Audit, row: Expected, gone: Absent, until: int) -> bool:
    """True for a missing row that began before the restoring, if it may be of another cycle.

    gone: what is absent. until: the position of the last restored entry; 0 if there is none.
    """
    if min(entry.position for entry in row.by.values()) > until:
        return False
    return audit.partly or any(row.values.get(name) == value for name, value in gone)
