"""The job that makes the archive of a cycle, and stores it under its digest."""

from __future__ import annotations

from pathlib import Path

from consultazione.archive.commands import record_archive
from consultazione.archive.events import ArchiveRequested
from consultazione.archive.export import Made, export
from consultazione.archive.judgement import Judgement
from consultazione.archive.labels import STEPS
from consultazione.archive_site import site_over, source_of
from consultazione.config import Settings, read_settings
from consultazione.core.db import Transaction, open_database
from consultazione.core.incoming.uploads import path_of
from consultazione.core.log import Entry
from consultazione.core.text_keys import TextKeys
from consultazione.zones.queries import get_cycle
from workers.progress import report


def make(tx: Transaction, entry: Entry) -> None:
    """An archive was asked for: make it at one moment, and say how far that has come.

    It is thrown away if an order of erasure came meanwhile.
    """
    assert isinstance(entry.event, ArchiveRequested)
    cycle = get_cycle(tx.session, entry.event.cycle_id)
    settings = read_settings()
    made = made_of(settings, cycle.zone.slug, cycle.years, entry.stream)
    if not record_archive(tx, cycle_id=cycle.id, asked=entry.position, made=made):
        path_of(settings.uploads_dir, made.sha256).unlink(missing_ok=True)


def made_of(settings: Settings, zone: str, years: str, stream: str) -> Made:
    """The archive of a cycle, in the place of uploaded files."""

    def tell(step: int, of: int, label: str) -> None:
        report(stream, step, of, str(STEPS[label]))

    keys = TextKeys(settings.secrets_dir)
    database = open_database(settings.require_database_url(), pool_size=1, text_keys=keys)
    settings.uploads_dir.mkdir(parents=True, exist_ok=True)
    part = Path(settings.uploads_dir, f".archivio-{zone}-{years}.zip")
    with database.snapshot() as session:
        app = site_over(session, settings, keys)
        source = source_of(session, app, zone=zone, years=years)
        made = export(source, Judgement(session), part, force=True, tell=tell)
    place = path_of(settings.uploads_dir, made.sha256)
    place.parent.mkdir(exist_ok=True)
    part.replace(place)
    return made
