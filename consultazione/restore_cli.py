"""`consultazione import ARCHIVE.zip`: a cycle from its archive, into an empty installation."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from hashlib import file_digest
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from consultazione import audits
from consultazione.archive.restoring.bad import (
    BadArchive,
    faults_told,
    inside,
    refuse_faulty,
)
from consultazione.archive.restoring.commands import (
    NOT_EMPTY,
    entries_of,
    is_empty,
    restore_archive,
)
from consultazione.archive.restoring.unpacking import Opened, opened
from consultazione.config import Settings
from consultazione.core.actor import SYSTEM
from consultazione.core.audit import state_faults
from consultazione.core.db import Database, closed_afterwards, open_database
from consultazione.core.errors import Conflict
from consultazione.core.text_keys import TextKeys
from consultazione.embedded.demo_accounts import refuse_demo
from consultazione.setup.first_start import is_set_up

# Imported so that every audit is there.
assert audits.ALL


def main(settings: Settings, path: Path, if_empty: bool = False) -> int:
    """Verify an archive and restore its cycle, with a progress bar; 0 if done, 1 if refused.

    Nothing is changed unless all of it is. if_empty: 0 if there is a zone already.
    """
    keys = TextKeys(settings.secrets_dir)
    database = open_database(settings.require_database_url(), pool_size=1, text_keys=keys)
    try:
        with closed_afterwards(database):
            if if_empty and is_set_up(database):
                return 0
            archive = restore(database, settings, path)
    except (BadArchive, Conflict) as error:
        lines = error.lines if isinstance(error, BadArchive) else (str(error),)
        for line in lines:
            print(f"{path}: {line}", file=sys.stderr)
        print("Nothing was restored.", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{path}: {error.strerror or error}. Nothing was restored.", file=sys.stderr)
        return 1
    print(f"{archive.zone} {archive.years}: restored, {entries_of(archive)} entries.")
    return 0


def restore(database: Database, settings: Settings, path: Path) -> Opened:
    """Restore the cycle of an archive; what was unpacked is gone afterwards, but for what it says.

    BadArchive or Conflict if it is refused; CannotStart if it is a demo that may not be here.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with (
        Progress(console=Console(stderr=True), transient=True) as bar,
        tempfile.TemporaryDirectory(prefix="restore-", dir=settings.data_dir) as folder,
    ):
        with database.snapshot() as session:
            if not is_empty(session):
                raise Conflict(NOT_EMPTY)
        unpacking = bar.add_task("unpack", total=None)
        archive = opened(
            path, Path(folder), lambda n, of: bar.update(unpacking, completed=n, total=of)
        )
        if _is_demo(archive):
            refuse_demo(settings)
        restoring = bar.add_task("restore", total=entries_of(archive))
        _restore(database, settings, archive, path, lambda n: bar.advance(restoring, n))
    return archive


def _restore(
    database: Database,
    settings: Settings,
    archive: Opened,
    path: Path,
    told: Callable[[int], None],
) -> None:
    with path.open("rb") as file:
        sha256 = file_digest(file, "sha256").hexdigest()
    undo: Callable[[], None] = _nothing
    try:
        with database.transaction(SYSTEM) as tx:
            undo = restore_archive(
                tx, archive=archive, sha256=sha256, uploads=settings.uploads_dir, told=told
            )
            # The verifier of archives reads no rows; what pages would show, is compared here.
            with faults_told():
                refuse_faulty(f"data/stato: {one.what}" for one in state_faults(tx.session))
    except BaseException:
        undo()
        raise


def _nothing() -> None:
    pass


def _is_demo(archive: Opened) -> bool:
    """True if the zone of an archive is made up."""
    with faults_told(), inside(archive.folder, "data/stato/zone.jsonl").open("rb") as lines:
        return any(json.loads(line)["demo"] for line in lines)
