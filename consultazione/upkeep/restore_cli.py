"""`consultazione restore`: an installation from a backup, to its end or to a moment, verified."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from consultazione import verify_cli
from consultazione.config import Settings
from consultazione.core import clock
from consultazione.core.durable import replace_durably
from consultazione.embedded.local_database import with_running_database
from consultazione.embedded.paths import DirectoryLock
from consultazione.embedded.postgres import Postgres
from consultazione.transparency.checkpoint import parse_checkpoint
from consultazione.transparency.notes import parse_note
from consultazione.upkeep.backup.base import Held, read_held, verify_base
from consultazione.upkeep.backup.files import copy_checked, mirrored_in, others_in
from consultazione.upkeep.backup.keys import CHECKPOINT, keys_in
from consultazione.upkeep.backup.places import Backups, Base
from consultazione.upkeep.errors import Refused
from consultazione.upkeep.restoring.choosing import choose, refuse_unfit
from consultazione.upkeep.restoring.empty import DRAFT, refuse_full
from consultazione.upkeep.restoring.recovery import copy_base, recover
from consultazione.upkeep.server import OFFLINE, server_of


def main(settings: Settings, source: Path, keys: Path, until: datetime | None) -> int:
    """Restore and verify; 0 if the log is whole, 1 if it is not.

    until: a moment; None for the end of what was received. Refused (status 1) if there is
    something here already, or if the backup is not whole; nothing is changed then.
    """
    lock = DirectoryLock(settings.data_dir / "up.lock")
    lock.acquire()
    try:
        refuse_full(settings, keys)
        backups = Backups(source.absolute())
        base = choose(backups, until)
        refuse_unfit(backups, base, keys)
        with _undone_if_it_fails(settings):
            _restore(settings, backups, base, keys, until)
        return _verify(settings, base, until)
    finally:
        lock.release()


def _restore(
    settings: Settings, backups: Backups, base: Base, keys: Path, until: datetime | None
) -> None:
    """Put the database in its place last: until then there is no installation."""
    draft, wal = settings.data_dir / DRAFT, base.manifest.wal
    with _progress() as bar:
        with _step(bar, "verify"):
            verify_base(OFFLINE, base.data)
        with _step(bar, "copy") as told:
            copy_base(base.data, draft, told)
        with _step(bar, "recover"):
            recover(draft, backups.wal(wal) if wal else None, until)
        with _step(bar, "files") as told:
            _restore_files(settings, backups.files, told)
        _restore_keys(settings, keys)
    draft.rename(settings.data_dir / "postgres")
    for path in _drafts(settings):
        _remove(path)


def _restore_files(settings: Settings, mirror: Path, told: Callable[[int, int], None]) -> None:
    """Bring back the files. Refused if the bytes of one are not those that were uploaded."""
    uploads = mirrored_in(mirror)
    for count, (name, path) in enumerate(uploads.items(), 1):
        if not copy_checked(path, settings.uploads_dir / name[:2] / name):
            raise Refused(f"{path} is damaged: put a whole copy in its place, and try again.")
        told(count, len(uploads))
    for path in others_in(mirror):
        target = settings.data_dir / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(mirror / path, target)


def _restore_keys(settings: Settings, source: Path) -> None:
    settings.secrets_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in keys_in(source):
        replace_durably(settings.secrets_dir / path.name, path.read_bytes(), mode=0o600)


def _verify(settings: Settings, base: Base, until: datetime | None) -> int:
    """Say what was restored, and have `verify` prove it."""
    with Postgres(settings.data_dir / "postgres"):
        held = read_held(server_of(settings))
        print(f"Restored from {base.folder}: {_said(held)}.")
        if until is not None:
            _set_aside_checkpoint(settings, held)
        status = verify_cli.main(with_running_database(settings))
    if status:
        print("The log is not whole: do not serve it before somebody has looked at each line.")
        return status
    print("Start it with 'consultazione up'. Secret polls that were open are annulled.")
    return 0


def _said(held: Held) -> str:
    last = f"{clock.in_rome(held.last):%d/%m/%Y %H:%M:%S}" if held.last else "none"
    return f"{held.entries} entries, the last of {last}"


def _set_aside_checkpoint(settings: Settings, held: Held) -> None:
    """Who goes back behind what was signed says so: the public log is shorter than it was."""
    path = settings.secrets_dir / f"{CHECKPOINT}{held.text_keys}"
    if not path.exists():
        return
    size = parse_checkpoint(parse_note(path.read_text()).text).size
    if size <= held.entries:
        return
    path.rename(path.with_name(f"superseded-{path.name}"))
    print(
        f"The public log was signed over {size} entries, and ends before that now. Whoever has "
        "kept a checkpoint will see it: tell why, and give LOG_ORIGIN a new name before 'up'."
    )


@contextmanager
def _undone_if_it_fails(settings: Settings) -> Iterator[None]:
    """Leave nothing of a restoring that failed: what it has made, and what it found not."""
    for path in _drafts(settings):
        _remove(path)
    before = {path for path in _made(settings) if path.exists()}
    try:
        yield
    except BaseException:
        for path in _made(settings):
            if path not in before:
                _remove(path)
        raise


def _made(settings: Settings) -> list[Path]:
    return [
        *_drafts(settings),
        settings.uploads_dir,
        settings.mail_dir,
        settings.secrets_dir,
    ]


def _drafts(settings: Settings) -> list[Path]:
    names = (DRAFT, f"{DRAFT}.wal", f"{DRAFT}.lock", f"{DRAFT}.log")
    return [settings.data_dir / name for name in names]


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def _step(bar: Progress, name: str) -> Iterator[Callable[[int, int], None]]:
    """A line of the progress; yields who is told how much is done, and of how much."""
    task = bar.add_task(name, total=None)
    yield lambda done, of: bar.update(task, completed=done, total=of)
    bar.update(task, total=1, completed=1)


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)
