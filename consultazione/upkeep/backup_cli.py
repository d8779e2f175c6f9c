"""`consultazione backup`: take a backup while everything works, or follow what comes after it."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from consultazione import logs
from consultazione.config import Settings
from consultazione.core import clock
from consultazione.upkeep.backup import keys
from consultazione.upkeep.backup.base import put_in_place, take_base
from consultazione.upkeep.backup.files import mirror
from consultazione.upkeep.backup.following import Following, followed
from consultazione.upkeep.backup.manifest import Manifest
from consultazione.upkeep.backup.places import Backups, refuse_within
from consultazione.upkeep.backup.pruning import prune
from consultazione.upkeep.errors import Refused
from consultazione.upkeep.server import Server, server_of


def main(
    settings: Settings, to: Path | None, keys_to: Path | None, keep: int | None, follow: bool
) -> int:
    """Take a backup, or follow with `follow`; 0 if it is done, 1 if files are damaged.

    to, keys_to: in the place of BACKUP_DIR and BACKUP_KEYS_DIR. keep: how many backups stay.
    """
    os.umask(0o077)  # what is in a backup is for its keeper alone
    backups, apart = _places(settings, to, keys_to)
    server = server_of(settings)
    backups.make()
    if follow:
        return _follow(settings, backups, apart, server)
    lock = backups.lock("backup")
    lock.acquire()
    try:
        return _take(settings, backups, apart, server, keep)
    finally:
        lock.release()


def _places(
    settings: Settings, to: Path | None, keys_to: Path | None
) -> tuple[Backups, Path | None]:
    """Where to; Refused if what must lie apart would lie together."""
    directory, apart = to or settings.backup_dir, keys_to or settings.backup_keys_dir
    if directory is None:
        raise Refused("Say where to: --to DIRECTORY, or set BACKUP_DIR.")
    refuse_within(
        directory,
        {"DATA_DIR": settings.data_dir},
        "what takes one away takes the backup with it. Choose another disk, or another machine.",
    )
    refuse_within(directory, {"SECRETS_DIR": settings.secrets_dir}, keys.APART)
    if apart is not None:
        keys.refuse_together(apart, directory, settings)
    return Backups(directory.absolute()), apart


def _take(
    settings: Settings, backups: Backups, apart: Path | None, server: Server, keep: int | None
) -> int:
    checkpoints = keys.signed(settings)
    with _progress() as bar:
        task = bar.add_task("database", total=100)
        base = take_base(
            backups,
            server,
            wal=followed(backups, server),
            told=lambda percent: bar.update(task, completed=percent),
        )
        bar.update(task, completed=100)
        task = bar.add_task("files", total=None)
        found = mirror(
            settings, backups.files, lambda done, of: bar.update(task, completed=done, total=of)
        )
    base = put_in_place(backups, base, found.uploads)
    print(f"{base.folder}: {_said(base.manifest)}")
    if apart is None:
        print(
            "The keys are not in it, and without them no text opens: copy them elsewhere with "
            "--keys-to."
        )
    else:
        keys.mirror_keys(settings, apart, checkpoints)
        print(f"{apart}: the keys.")
    if keep is not None:
        pruned = prune(backups, keep)
        print(f"{pruned.bases} older backups and {pruned.segments} pieces of the log were removed.")
    return _faults(found.damaged, found.missing)


def _said(manifest: Manifest) -> str:
    last = (
        f", the last of {clock.in_rome(manifest.last):%d/%m/%Y %H:%M:%S}" if manifest.last else ""
    )
    ends = (
        "what comes after is followed."
        if manifest.wal
        else "what comes after is in no backup: set BACKUP_DIR for 'up', or run --follow."
    )
    files = f"{len(manifest.files)} files"
    return f"{manifest.entries} entries{last}, {files}; verified; {ends}"


def _faults(damaged: list[str], missing: int) -> int:
    for name in damaged:
        print(f"uploads/{name[:2]}/{name}: its bytes are not those that were uploaded.")
    if missing:
        print(f"{missing} uploaded files are not there any more; the backup keeps its copies.")
    return 1 if damaged or missing else 0


def _follow(settings: Settings, backups: Backups, apart: Path | None, server: Server) -> int:
    logs.set_up(settings.log_level)
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    Following(settings, backups, apart).run(server, stopping)
    return 0


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
