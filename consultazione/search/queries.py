"""What the search's page shows beside what was found."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.tables.models import ThematicTable


def table_names(session: Session, ids: Collection[int | None]) -> dict[int, str]:
    """The names of tables by their ids."""
    query = select(ThematicTable.id, ThematicTable.name).where(ThematicTable.id.in_(ids))
    return dict(iter(session.execute(query)))
