"""Follows the write-ahead log, the files and the keys, commit by commit, until it is stopped.

PostgreSQL keeps in a slot what was not received yet, so that a pause leaves no gap. If there is
one after all (a server that was restored, or so long a pause that the server let go of it), a new
folder is begun: a base counts with the folder in which it was taken.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import structlog

from consultazione.config import Settings
from consultazione.core import clock
from consultazione.embedded.launch import Launch
from consultazione.embedded.postgres import RECEIVER
from consultazione.embedded.process import complaint, stop
from consultazione.upkeep.backup.files import mirror
from consultazione.upkeep.backup.keys import mirror_keys, signed
from consultazione.upkeep.backup.places import Backups
from consultazione.upkeep.errors import Refused
from consultazione.upkeep.server import Server

LOCK = "following"
_ROUND = 5.0
_LOOK = 0.2
_STOP_SECONDS = 10.0
_log = structlog.get_logger()


class Following:
    """One process that follows; a round is due every few seconds."""

    def __init__(self, settings: Settings, backups: Backups, keys: Path | None) -> None:
        self._settings = settings
        self._backups = backups
        self._keys = keys

    def run(self, server: Server, stopping: threading.Event) -> None:
        """Follow until it is told to stop, over every end of the server.

        Refused if it cannot even begin, CannotStart if another process follows.
        """
        with lock(self._backups):
            self._receive(server, stopping)
            said = ""
            while not stopping.is_set():
                try:
                    self._receive(server, stopping)
                except Refused as error:
                    if str(error) != said:
                        said = str(error)
                        _log.error("the write-ahead log is not followed", reason=said)
                    stopping.wait(_LOOK)

    def _receive(self, server: Server, stopping: threading.Event) -> None:
        """Follow until the server goes away, or until it is told to stop."""
        with receiving(server, self._backups) as fails:
            due = time.monotonic()
            while not stopping.is_set():
                if why := fails():
                    _log.warning("the write-ahead log has ended", reason=why)
                    return
                if time.monotonic() >= due:
                    self.round(server)
                    due = time.monotonic() + _ROUND
                stopping.wait(_LOOK)

    def round(self, server: Server) -> None:
        """Copy what is new beside the database; the log says what cannot be copied."""
        try:
            found = mirror(self._settings, self._backups.files)
            if found.damaged or found.missing:
                _log.error("files differ", damaged=found.damaged[:5], missing=found.missing)
            if self._keys is not None:
                checkpoints = signed(self._settings)
                if _is_received(server):
                    mirror_keys(self._settings, self._keys, checkpoints)
        except (OSError, Refused, psycopg.Error) as error:
            _log.error("the backup is behind", reason=str(error))


@contextmanager
def lock(backups: Backups) -> Iterator[None]:
    """Follow into a directory alone; CannotStart if another process does."""
    held = backups.lock(LOCK)
    held.acquire()
    try:
        yield
    finally:
        held.release()


def followed(backups: Backups, server: Server) -> str | None:
    """The folder in which the write-ahead log is kept now; None if nobody does so."""
    folders = backups.wals()
    with server.connect() as connection:
        is_received = connection.execute(_RECEIVERS, [RECEIVER]).rowcount > 0
    return folders[-1].name if folders and is_received else None


@contextmanager
def receiving(server: Server, backups: Backups) -> Iterator[Callable[[], str]]:
    """Let a process receive the write-ahead log; yields why it ended, empty while it goes on."""
    folder = _folder(server, backups)
    program = server.program("pg_receivewal")
    options = ["--no-loop", "--no-password", "--synchronous", "--status-interval=2"]
    launch = Launch(
        command=[program, f"--directory={folder}", f"--slot={RECEIVER}", *options],
        log=backups.directory / "receiving.log",
        death_signal=signal.SIGTERM,
        environment={"PATH": os.defpath, **server.environment, "PGAPPNAME": RECEIVER},
    )
    process = launch.start()
    try:
        yield lambda: "" if process.poll() is None else complaint(launch.log)
    finally:
        stop(process, signal.SIGINT, seconds=_STOP_SECONDS)


def _folder(server: Server, backups: Backups) -> Path:
    """The folder that goes on, with its slot; a new one if what comes next is not there."""
    folders = backups.wals()
    with server.connect() as connection:
        slot = connection.execute(_SLOT, [RECEIVER]).fetchone()
        if slot is not None and slot[0] != "lost" and folders:
            return folders[-1]
        if slot is not None:
            _drop(connection)
        connection.execute("SELECT pg_create_physical_replication_slot(%s, true)", [RECEIVER])
    return backups.new_wal(clock.now())


def _drop(connection: psycopg.Connection[Any]) -> None:
    """Let go of a slot that leads nowhere."""
    try:
        connection.execute("SELECT pg_drop_replication_slot(%s)", [RECEIVER])
    except psycopg.errors.ObjectInUse:
        raise Refused("The write-ahead log is being followed into another directory.") from None


def _is_received(server: Server) -> bool:
    """True if all that is committed now was received: a checkpoint is no longer than its log."""
    with server.connect() as connection:
        (at,) = connection.execute("SELECT pg_current_wal_flush_lsn()").fetchone() or (None,)
        return _reached(connection, at)


def _reached(connection: psycopg.Connection[Any], at: object) -> bool:
    pause = threading.Event()
    for _ in range(20):
        if connection.execute(_FLUSHED, [RECEIVER, at]).rowcount > 0:
            return True
        pause.wait(0.1)
    return False


_SLOT = "SELECT wal_status FROM pg_replication_slots WHERE slot_name = %s"
_RECEIVERS = "SELECT FROM pg_stat_replication WHERE application_name = %s AND state = 'streaming'"
_FLUSHED = "SELECT FROM pg_stat_replication WHERE application_name = %s AND flush_lsn >= %s"
