"""Processes that answer as the site does at one moment, so that an archive uses every core."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from sqlalchemy import text
from sqlalchemy.orm import Session

from consultazione.archive.reading import Answer
from consultazione.archive_site import FrozenSite, Many, site_over
from consultazione.config import Settings
from consultazione.core import clock
from consultazione.core.db import open_database
from consultazione.core.text_keys import TextKeys
from consultazione.italian import italian

# So many addresses go to a process at a time.
_AT_ONCE = 2


@contextmanager
def helpers(session: Session, settings: Settings, count: int) -> Iterator[Many | None]:
    """So many processes that see what a session sees; they start when they are needed.

    None for one: then this process is as fast.
    """
    if count < 2:
        yield None
        return
    snapshot = session.scalar(text("SELECT pg_export_snapshot()"))
    # Not by fork: a thread shows the progress, and connections are not to be shared.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        count, context, initializer=_begin, initargs=(settings, snapshot)
    ) as pool:
        yield partial(_answers, pool)


def _answers(pool: ProcessPoolExecutor, addresses: Sequence[str]) -> Iterator[Answer]:
    orders = [(address, clock.now()) for address in addresses]
    return pool.map(_answer, orders, chunksize=_AT_ONCE)


_SITES: list[FrozenSite] = []


def _begin(settings: Settings, snapshot: str) -> None:
    """Make the site of this process, which lasts as long as the process does."""
    keys = TextKeys(settings.secrets_dir)
    database = open_database(settings.require_database_url(), pool_size=1, text_keys=keys)
    session = database.snapshot().__enter__()
    session.connection().exec_driver_sql(f"SET TRANSACTION SNAPSHOT '{snapshot}'")
    with italian():
        app = site_over(session, settings, keys)
    _SITES.append(FrozenSite(app, session, base="", cycle_id=0))


def _answer(order: tuple[str, datetime]) -> Answer:
    address, now = order
    with clock.stopped_at(now), italian():
        return _SITES[0].get(address)
