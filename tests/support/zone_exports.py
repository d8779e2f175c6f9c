"""Zones' files as they are exported, and what two of them have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import select

from consultazione.core.db import Database
from consultazione.importing.export.zone import zone_file
from consultazione.zones.models import Zone

NAMES = {"id", "continues", "approved_by", "criterion", "opened_on"}


def exported(database: Database, uploads: Path) -> str:
    """The file of the newest zone. uploads: where its files lie."""
    with database.snapshot() as session:
        newest = session.scalars(select(Zone).order_by(Zone.id.desc()).limit(1)).one()
        return zone_file(session, newest.id, uploads)


def without_names(value: Any) -> Any:
    """The same without what only holds a file together, and without days that were not told."""
    if isinstance(value, dict):
        return {key: without_names(one) for key, one in value.items() if key not in NAMES}
    return [without_names(one) for one in value] if isinstance(value, list) else value
