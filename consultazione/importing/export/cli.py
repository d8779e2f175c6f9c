"""`consultazione export zone` and `export territory`: a file of theirs on standard output."""

from __future__ import annotations

import sys
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.config import Settings
from consultazione.core.db import open_database
from consultazione.importing.export.zone import zone_file
from consultazione.importing.territory.export import territory_file
from consultazione.zones.models import Territory
from consultazione.zones.queries import find_zone


def main(settings: Settings, slug: str, of: str = "zone") -> int:
    """Print the file of a zone, or of a territory with its zones; exit status 1 if there is none.

    of: `zone` or `territory`.
    """
    with open_database(settings.require_database_url()).snapshot() as session:
        written = _OF[of](session, slug, settings.uploads_dir)
    if written is None:
        print(f"--{of} {slug}: there is no such {of}.", file=sys.stderr)
        return 1
    print(written, end="")
    return 0


def _zone(session: Session, slug: str, uploads_dir: Path) -> str | None:
    zone = find_zone(session, slug)
    return zone_file(session, zone.id, uploads_dir) if zone else None


def _territory(session: Session, slug: str, uploads_dir: Path) -> str | None:
    territory = session.scalar(select(Territory).where(Territory.slug == slug))
    return territory_file(session, territory, uploads_dir) if territory else None


_OF = {"zone": _zone, "territory": _territory}
