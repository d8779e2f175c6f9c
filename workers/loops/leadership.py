"""Which dispatcher leads: the holder of an advisory lock that PostgreSQL frees at its end."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import structlog
from sqlalchemy import Engine, text

from consultazione.core import clock, log

_LOCK = 0x44495350  # "DISP"
RETRY_AFTER = 0.5
_log = structlog.get_logger()


@contextmanager
def leadership(engine: Engine, stop: threading.Event) -> Iterator[psycopg.Connection[Any] | None]:
    """Wait for the lock, hold it, and listen for appends to the log on its connection.

    Yields None if `stop` was set first. Several dispatchers may wait; one holds the lock.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": _LOCK}):
            if stop.wait(RETRY_AFTER):
                yield None
                return
        _log.info("dispatcher leads", at=clock.now().isoformat())
        connection.execute(log.listen_statement())
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        try:
            yield driver
        finally:
            # The lock lives as long as its session: never give this one back to the pool.
            connection.invalidate()


def wait_for_append(connection: psycopg.Connection[Any], seconds: float) -> None:
    """Sleep until NOTIFY tells of an append, for `seconds` at most."""
    for _ in connection.notifies(timeout=seconds, stop_after=1):
        pass
