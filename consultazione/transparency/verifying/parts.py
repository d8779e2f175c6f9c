"""A sweep of the whole log, shared out among processes that see the same moment of it."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consultazione.core.db import export_snapshot, open_database, take_snapshot
from consultazione.core.log import EntryRow
from consultazione.core.text_keys import TextKeys
from consultazione.transparency.verifying.sweep import Swept, joined, sweep

PROCESSES = 2
_PART = 50_000  # positions
_FEW = 2  # parts that one process sweeps before others have started


@dataclass(frozen=True)
class Place:
    """Where other processes find the database and the keys of its texts."""

    url: str
    secrets_dir: Path


def sweep_all(
    session: Session, place: Place | None, done: Callable[[int, int], None] = lambda _n, _of: None
) -> Swept:
    """Sweep every entry.

    place: None to have it done in this process. done: told how many parts of how many are.
    """
    ends = select(func.min(EntryRow.position), func.max(EntryRow.position))
    first, last = session.execute(ends).one()
    edges = [] if last is None else [*range(first - 1, last, _PART), last]
    spans = list(pairwise(edges))
    swept = _here(session, spans)
    if place is not None and len(spans) > _FEW:
        swept = _in_processes(session, place, spans)
    parts = []
    for part in swept:
        parts.append(part)
        done(len(parts), len(spans))
    return joined(parts)


def _here(session: Session, spans: list[tuple[int, int]]) -> Iterator[Swept]:
    for after, until in spans:
        yield sweep(session, after=after, until=until)


def _in_processes(session: Session, place: Place, spans: list[tuple[int, int]]) -> Iterator[Swept]:
    snapshot = export_snapshot(session)
    with ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(_sweep_there, [(place, snapshot, *span) for span in spans])


def _sweep_there(order: tuple[Place, str, int, int]) -> Swept:
    place, snapshot, after, until = order
    database = open_database(place.url, pool_size=1, text_keys=TextKeys(place.secrets_dir))
    with database.snapshot() as session:
        take_snapshot(session, snapshot)
        return sweep(session, after=after, until=until)
