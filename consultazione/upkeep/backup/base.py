"""Takes a base: a copy of the whole database while it works, verified, and what it holds."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg

from consultazione.core import clock
from consultazione.core.durable import synchronise
from consultazione.upkeep.backup.manifest import Manifest, digest_of
from consultazione.upkeep.backup.places import BASE, Backups, Base, private
from consultazione.upkeep.errors import Refused
from consultazione.upkeep.running import run
from consultazione.upkeep.server import Server

_SEGMENT = re.compile(r"\(file ([0-9A-F]{24})\)")
_TABLE_MISSING = "42P01"


@dataclass(frozen=True)
class Held:
    """The log at a moment: how many entries it had, and when the last was written."""

    text_keys: str
    entries: int
    last: datetime | None


def take_base(
    backups: Backups,
    server: Server,
    *,
    wal: str | None,
    told: Callable[[int], None] = lambda _percent: None,
) -> Base:
    """A base that is whole, verified and in its place; Refused if it fails, then there is none.

    wal: the folder in which the write-ahead log is followed meanwhile; None if it is not.
    """
    began, held = clock.now(), read_held(server)
    shutil.rmtree(backups.drafts, ignore_errors=True)
    data = private(backups.drafts) / BASE
    copy_database(server, data, told)
    verify_base(server, data)
    manifest = Manifest(
        version=version("consultazione"),
        server=(data / "PG_VERSION").read_text().strip(),
        system=_system(data),
        text_keys=held.text_keys,
        began=began,
        ended=clock.now(),
        wal=wal,
        first_segment=_first_segment(data),
        entries=held.entries,
        last=held.last,
        base=digest_of(data / "backup_manifest"),
        files={},
    )
    return Base(backups.drafts, manifest)


def put_in_place(backups: Backups, base: Base, files: dict[str, int]) -> Base:
    """Give a base that was taken its manifest and its place, at once."""
    said = Manifest(**{**vars(base.manifest), "files": files})
    said.write(base.folder)
    place = backups.new_base(said.ended)
    base.folder.rename(place)
    synchronise(place.parent)
    return Base(place, said)


def copy_database(server: Server, data: Path, told: Callable[[int], None]) -> None:
    """Copy a database with as much of its write-ahead log as makes it whole."""
    options = ["--format=plain", "--wal-method=stream", "--checkpoint=fast", "--progress"]
    options += ["--manifest-checksums=SHA256", "--no-password", "--label=consultazione"]
    program = server.program("pg_basebackup")
    run(
        [program, f"--pgdata={data}", *options],
        server.environment,
        what="The database cannot be copied",
        told=told,
    )


def verify_base(server: Server, data: Path) -> None:
    """Hold each file of a base against its digest; Refused if one is missing or changed."""
    run(
        [server.program("pg_verifybackup"), "--quiet", data],
        {},
        what=f"{data} is damaged",
    )


def read_held(server: Server) -> Held:
    """What the log of a server holds now; Refused for one without our schema."""
    with server.connect() as connection:
        try:
            entries, last = _one(connection, "SELECT count(*), max(at) FROM log_entry")
            (text_keys,) = _one(connection, "SELECT id FROM text_key_state")
        except psycopg.errors.UndefinedTable:
            raise Refused("This database has no schema yet: run 'consultazione migrate'.") from None
    return Held(str(text_keys), entries, last)


def _one(connection: psycopg.Connection[tuple[Any, ...]], query: str) -> tuple[Any, ...]:
    row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row


def _system(data: Path) -> str:
    manifest: dict[str, object] = json.loads((data / "backup_manifest").read_text())
    return str(manifest["System-Identifier"])


def _first_segment(data: Path) -> str:
    found = _SEGMENT.search((data / "backup_label").read_text())
    if found is None:
        raise Refused(f"{data} does not say where its write-ahead log begins.")
    return found[1]
