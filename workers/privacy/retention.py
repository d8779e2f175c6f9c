"""Deletes what was kept for long enough: rows by a command, files here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from consultazione.config import Settings, read_settings
from consultazione.core import clock
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.core.errors import NotFound
from consultazione.privacy.commands.retention import apply_retention
from consultazione.privacy.queries import kept_names
from consultazione.privacy.settings import settings_of
from consultazione.zones.queries import the_zone

REMINDER = "apply_retention"


def apply(database: Database, _day: int) -> bool:
    """Delete rows and files whose time is over; True. Idempotent.

    Rows first: a file that a row still names is never missing.
    """
    settings = read_settings()
    try:
        with database.snapshot() as session:
            days = settings_of(session, the_zone(session).id).security_days
    except NotFound:  # nothing is set up, and nobody has an account
        return True
    old = list(_old_logs(settings, days=days))
    with database.transaction(SYSTEM) as tx:
        apply_retention(tx, security_files=len(old))
    for path in old:
        path.unlink(missing_ok=True)
    _sweep_downloads(database, settings)
    return True


def _old_logs(settings: Settings, *, days: int) -> Iterator[Path]:
    """Files of the security log that were written last so many days ago; never the present one."""
    log = settings.security_log
    before = clock.now() - timedelta(days=days)
    if log is None:
        return
    for path in log.parent.glob(f"{log.name}.*"):
        is_numbered = path.name.removeprefix(f"{log.name}.").isdecimal()
        if is_numbered and clock.from_timestamp(path.stat().st_mtime) < before:
            yield path


def _sweep_downloads(database: Database, settings: Settings) -> None:
    """Delete files that no row names: of copies that are deleted, or were never recorded."""
    folder = settings.downloads_dir
    written = list(folder.iterdir()) if folder.is_dir() else []
    with database.snapshot() as session:
        kept = {f"{name}.zip" for name in kept_names(session)}
    an_hour_ago = clock.now() - timedelta(hours=1)
    for path in written:
        is_fresh = clock.from_timestamp(path.stat().st_mtime) > an_hour_ago
        if path.name not in kept and not is_fresh:
            path.unlink(missing_ok=True)
