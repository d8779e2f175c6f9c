"""`consultazione export --zone --cycle --to`: the archive of a cycle as one file."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from consultazione.archive.crawl import Unanswered
from consultazione.archive.export import Exists, Form, Made, export
from consultazione.archive.judgement import Judgement
from consultazione.archive_site import helpers, site_over, source_of
from consultazione.config import Settings
from consultazione.core.db import closed_afterwards, open_database
from consultazione.core.errors import NotFound
from consultazione.core.text_keys import TextKeys
from consultazione.italian import italian


def main(settings: Settings, zone: str, years: str, to: Path, form: str, force: bool) -> int:
    """Write the archive of a cycle, with a progress bar; 0 if it was written, 1 if it was not."""
    try:
        with italian():
            made = _export(settings, zone, years, to, Form(form), force)
    except NotFound:
        return _refused(f"--zone {zone} --cycle {years}: there is no such cycle")
    except Unanswered as error:
        return _refused(str(error))
    except Exists:
        return _refused(f"{to} is there already; --force takes its place")
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        return _refused(f"{to}: {'the disk is full' if full else error.strerror or error}")
    print(f"{to}: {made.entries} entries, {made.documents} documents, {made.files} files")
    print(f"sha256 {made.sha256}")
    return 0


def _export(settings: Settings, zone: str, years: str, to: Path, form: Form, force: bool) -> Made:
    keys = TextKeys(settings.secrets_dir)
    database = open_database(settings.require_database_url(), text_keys=keys)
    with (
        Progress(console=Console(stderr=True), transient=True) as shown,
        closed_afterwards(database),
        database.snapshot() as session,
        helpers(session, settings, os.cpu_count() or 1) as many,
    ):
        task = shown.add_task("export")

        def tell(step: int, of: int, label: str) -> None:
            shown.update(task, completed=step, total=of, description=label)

        app = site_over(session, settings, keys)
        source = source_of(session, app, zone=zone, years=years, many=many)
        return export(source, Judgement(session), to, form=form, force=force, tell=tell)


def _refused(why: str) -> int:
    print(f"consultazione: {why}; nothing was written.", file=sys.stderr)
    return 1
