"""A machine is lost while people act: all that was acknowledged comes back, and a moment too."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import pytest
from sqlalchemy.exc import DBAPIError

from consultazione.comments.commands.writing import write_comment
from consultazione.comments.models import Position
from consultazione.config import ROOT
from consultazione.core import clock
from consultazione.core.actor import Actor
from consultazione.core.incoming.uploads import path_of
from consultazione.embedded.postgres import Postgres
from consultazione.upkeep.backup.places import Backups
from tests.support.factories import Factory
from tests.support.stack import Stack, free_port, places_of
from tests.support.waiting import wait_until

FILE = b"What the table has read."


class Writer:
    """Somebody who comments without a pause; the positions of what was acknowledged."""

    def __init__(self, stack: Stack, who: Actor, proposal_id: int) -> None:
        self.positions: list[int] = []
        self._stack, self._who, self._proposal_id = stack, who, proposal_id
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._write)

    def start(self) -> None:
        self._thread.start()

    def join(self) -> None:
        self._ended.set()
        self._thread.join()

    def goes_on(self) -> None:
        """Wait until some more are acknowledged."""
        wanted = len(self.positions) + 5
        wait_until(lambda: len(self.positions) >= wanted, within=60, what="nothing is acknowledged")

    def _write(self) -> None:
        with suppress(DBAPIError):  # the server is killed
            while not self._ended.is_set():
                with self._stack.database().transaction(self._who) as tx:
                    write_comment(
                        tx,
                        proposal_id=self._proposal_id,
                        position=Position.IN_FAVOUR,
                        body=f"Comment {len(self.positions)}.",
                    )
                self.positions.append(tx.entries[-1].position)


@pytest.fixture
def stack(place: Path) -> Iterator[Stack]:
    """An installation whose every commit is received elsewhere before it is acknowledged."""
    backups, keys = place / "backups", place / "keys-apart"
    settings = {"BACKUP_DIR": str(backups), "BACKUP_KEYS_DIR": str(keys), "BACKUP_WAIT": "yes"}
    (place / "first").mkdir()
    stack = Stack(place / "first", demo=False, settings=settings)
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()


def consultazione(*words: str, data: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command over a directory of data, with nothing else set."""
    outside = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}}
    return subprocess.run(
        [sys.executable, "-m", "consultazione", *words],
        cwd=ROOT,
        env={**outside, **places_of(data), "PORT": str(free_port()), **settings},
        capture_output=True,
        text=True,
        check=False,
    )


def kill_everything(stack: Stack) -> None:
    """What a machine that loses its power does to its processes."""
    assert stack._process is not None
    up = psutil.Process(stack._process.pid)
    for process in [up, *up.children(recursive=True)]:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    wait_until(lambda: not stack.runs(), within=10)


def positions_of(data: Path) -> set[int]:
    """The positions of the log in a database that was restored, on its own server."""
    with (
        Postgres(data / "postgres") as server,
        psycopg.connect(server.url.replace("+psycopg", "")) as connection,
    ):
        return {row[0] for row in connection.execute("SELECT position FROM log_entry")}


def test_what_was_acknowledged_is_restored(stack: Stack, place: Path) -> None:
    make = Factory(stack.database())
    writer = Writer(stack, make.citizen(), make.proposal().id)
    writer.start()
    try:
        writer.goes_on()
        taken = consultazione("backup", "--keep", "1", data=stack.place, **stack._settings)
        assert taken.returncode == 0, taken.stderr
        assert "verified; what comes after is followed." in taken.stdout
        writer.goes_on()
        middle, before = clock.now(), list(writer.positions)
        writer.goes_on()
        material = make.material(make.table(), stack.place / "uploads", content=FILE)
        mirrored = path_of(place / "backups" / "files" / "uploads", material.sha256)
        wait_until(mirrored.exists, within=30, what="a file is not mirrored")
        writer.goes_on()
        kill_everything(stack)
    finally:
        writer.join()
    with_all, to_middle = place / "second", place / "third"
    words = ("restore", "--from", str(place / "backups"), "--keys-from", str(place / "keys-apart"))

    restored = consultazione(*words, data=with_all)
    assert restored.returncode == 0, (restored.stdout, restored.stderr)
    assert "whole" in restored.stdout
    assert path_of(with_all / "uploads", material.sha256).read_bytes() == FILE
    kept = positions_of(with_all)
    assert set(writer.positions) - kept == set()
    refused = consultazione(*words, data=with_all)
    assert refused.returncode == 1
    assert "holds a database: nothing is restored over it" in refused.stderr

    restored = consultazione(*words, "--until", middle.isoformat(), data=to_middle)
    assert restored.returncode == 0, (restored.stdout, restored.stderr)
    kept = positions_of(to_middle)
    assert set(before) - kept == set()
    assert writer.positions[-1] not in kept
    assert max(kept) < max(writer.positions)

    (base,) = Backups(place / "backups").bases()
    (base.data / "PG_VERSION").write_text("17\n")
    refused = consultazione(*words, data=place / "fourth")
    assert refused.returncode == 1
    assert "is damaged" in refused.stderr
    assert not (place / "fourth" / "postgres").exists()
