"""`consultazione export zone --zone SLUG`: a zone's file on standard output."""

from __future__ import annotations

import sys

from consultazione.config import Settings
from consultazione.core.db import open_database
from consultazione.importing.export import zone_file
from consultazione.zones.queries import find_zone


def main(settings: Settings, slug: str) -> int:
    """Print the file; exit status 1 if there is no such zone."""
    with open_database(settings.require_database_url()).snapshot() as session:
        zone = find_zone(session, slug)
        if zone is None:
            print(f"--zone {slug}: there is no such zone.", file=sys.stderr)
            return 1
        print(zone_file(session, zone.id, settings.uploads_dir), end="")
    return 0
