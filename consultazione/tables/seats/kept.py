"""What is kept of a table's changes: those of the table itself, and the seats given back."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consultazione.core.revisions import Revision, kept, revisions_of
from consultazione.tables.models import ThematicTable

# The name under which seats that were given back are kept, by the id of their table.
SEATS = "seat"


def changes_of(session: Session, table: ThematicTable) -> list[Revision]:
    """All changes of a table and of its seats, the latest first."""
    found = revisions_of(session, table) + kept(session, SEATS, table.id)
    return sorted(found, key=lambda revision: (revision.at, revision.id), reverse=True)


def count_changes(session: Session, table: ThematicTable) -> int:
    """How many changes a table and its seats have seen."""
    of_table = Revision.subject.in_([ThematicTable.__tablename__, SEATS])
    counted = select(func.count()).where(of_table, Revision.subject_id == table.id)
    return session.scalar(counted) or 0
