"""Processes that answer as the site does at one moment, so that an archive uses every core."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consultazione.archive.reading import Answer
from consultazione.archive_site import FrozenSite, Many, site_over
from consultazione.config import Settings
from consultazione.core import clock
from consultazione.core.db import open_database
from consultazione.core.log import EntryRow
from consultazione.core.text_keys import TextKeys
from consultazione.embedded.loading import no_collecting
from consultazione.italian import italian

# A log of fewer entries is read before other processes have begun.
LONG = 1000


@contextmanager
def helpers(session: Session, settings: Settings, count: int) -> Iterator[Many | None]:
    """So many processes that see what a session sees; they begin at once.

    None for one, and for a short log: then this process is as fast.
    """
    length = session.scalar(select(func.max(EntryRow.position))) or 0
    if count < 2 or length < LONG:
        yield None
        return
    snapshot = str(session.scalar(select(func.pg_export_snapshot())))
    # Not by fork: a thread shows the progress, and connections are not to be shared.
    context = multiprocessing.get_context("spawn")
    begin = partial(_begin, settings, snapshot)
    with ProcessPoolExecutor(count, context, initializer=begin) as pool:
        for _process in range(count):
            pool.submit(_begun)
        yield partial(_answers, pool)


def _answers(pool: ProcessPoolExecutor, addresses: Sequence[str]) -> Iterator[Answer]:
    orders = [(address, clock.now()) for address in addresses]
    return pool.map(_answer, orders)


_SITES: list[FrozenSite] = []


def _begun() -> None:
    """Nothing: a process of the pool begins with the first thing that it is asked for."""


def _begin(settings: Settings, snapshot: str) -> None:
    """Make the site of this process, which lasts as long as the process does."""
    keys = TextKeys(settings.secrets_dir)
    database = open_database(settings.require_database_url(), pool_size=1, text_keys=keys)
    session = database.snapshot().__enter__()
    session.connection().exec_driver_sql(f"SET TRANSACTION SNAPSHOT '{snapshot}'")
    with italian(), no_collecting():
        app = site_over(session, settings, keys)
    _SITES.append(FrozenSite(app, session, base="", cycle_id=0))


def _answer(order: tuple[str, datetime]) -> Answer:
    address, now = order
    with clock.stopped_at(now), italian():
        return _SITES[0].get(address)
