"""Appending to the log: one lock for all appends against `xid8` and a lock a stream.

`xid8` stands for the design in which transactions append side by side, each stream's row
locked from its number to the commit, and readers stop below `pg_snapshot_xmin`. It is
written here in plain SQL, with the same columns, digests and notification. Two more lines
say where a difference comes from: the same plain SQL with our lock, and `xid8` without
NOTIFY, since PostgreSQL lets only one notifying transaction commit at a time. Beside ours the
tree over the log grows, as a dispatcher has it grow; one line is without.
"""

from __future__ import annotations

import multiprocessing
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Self

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from psycopg.types.json import Jsonb

from consultazione.core import clock, log
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database, open_database
from consultazione.core.events import to_data
from consultazione.core.text_keys import TextKeys
from consultazione.people.models import Category
from consultazione.sittings.polls.events import BallotCast
from consultazione.transparency.growth import BATCH, grow, publish
from consultazione.transparency.notes import Signer
from tests.bench.measure import milliseconds, postgres
from tests.bench.report import Report
from tests.support.keys import SECRETS, text_keys
from workers.loops.public_log import EVERY

CASES = [(threads, streams) for streams in (1, 16) for threads in (1, 4, 16)]
MOST = 16  # at once
ROUND = 0.5  # seconds
WITHOUT_TREE = "ours without the tree"
_SIGNER = Signer("bench.example/log", Ed25519PrivateKey.from_private_bytes(b"b" * 32))
Append = Callable[[str], None]


@dataclass(frozen=True)
class Plain:
    """Appending in plain SQL; the flags are all that the variants differ in."""

    url: str
    serialised: bool
    notify: bool

    def appender(self) -> Append:
        """A function that appends to a stream, over a connection of its own."""
        return partial(self._append, psycopg.connect(self.url.replace("+psycopg", "")))

    def _append(self, connection: psycopg.Connection, stream: str) -> None:
        event, at = _ballot(), clock.now()
        data = to_data(event)
        with connection.transaction():
            if self.serialised:
                connection.execute("SELECT pg_advisory_xact_lock(1)")
            number, head = connection.execute(_LOCK_HEAD, [stream, log.GENESIS]).fetchone() or ()
            entry = {"stream": stream, "number": number + 1, "kind": event.kind, "at": at}
            entry["salt"] = secrets.token_bytes(16)
            digest = log.chain_digest(head, log.canonical(**entry, actor_id=None, data=data))
            row = {**entry, "data": Jsonb(data), "digest": digest, "prev_digest": head}
            position = connection.execute(_INSERT, row).fetchone()
            connection.execute(_MOVE_HEAD, row)
            if self.notify:
                connection.execute("SELECT pg_notify('bench', %s)", [str(position)])


_LOCK_HEAD = """INSERT INTO log_stream (name, number, digest) VALUES (%s, 0, %s)
    ON CONFLICT (name) DO UPDATE SET number = log_stream.number RETURNING number, digest"""
_INSERT = """INSERT INTO log_entry (stream, number, kind, data, at, salt, digest, prev_digest)
    VALUES (%(stream)s, %(number)s, %(kind)s, %(data)s, %(at)s, %(salt)s, %(digest)s,
        %(prev_digest)s)
    RETURNING position"""
_MOVE_HEAD = (
    "UPDATE log_stream SET number = %(number)s, digest = %(digest)s WHERE name = %(stream)s"
)


@dataclass
class Tally:
    """The appends of one variant in one case, over all its rounds."""

    durations: list[float] = field(default_factory=list)
    seconds: float = 0.0

    def figures(self) -> dict[str, float]:
        """Throughput and latency."""
        return {
            "appends/s": round(len(self.durations) / self.seconds),
            **milliseconds(self.durations),
        }


def run(*, quick: bool) -> Report:
    """Appends for some seconds in each case, in rounds in which each variant has its turn."""
    rounds = 1 if quick else 8
    with postgres() as url, Grower(url) as grower:
        database = open_database(url, pool_size=MOST, text_keys=text_keys())
        ours = [_ours(database)] * MOST
        variants = {"ours": ours, WITHOUT_TREE: ours, **_plain(url)}
        found = {case: _case(case, variants, rounds, database, grower) for case in CASES}
    return Report(
        name="log",
        work=f"one entry a transaction, PostgreSQL with fsync, {rounds * ROUND:g} s a case",
        ours={_name(case): tallies["ours"].figures() for case, tallies in found.items()},
        baseline={
            f"{_name(case)}, {name}": tally.figures()
            for case, tallies in found.items()
            for name, tally in tallies.items()
            if name != "ours"
        },
        ratio={_name(case): _ratio(tallies) for case, tallies in found.items()},
    )


def _plain(url: str) -> dict[str, list[Append]]:
    variants = {
        "xid8": Plain(url, serialised=False, notify=True),
        "xid8 without NOTIFY": Plain(url, serialised=False, notify=False),
        "one lock, plain SQL": Plain(url, serialised=True, notify=True),
    }
    return {name: [one.appender() for _ in range(MOST)] for name, one in variants.items()}


def _case(
    case: tuple[int, int],
    variants: dict[str, list[Append]],
    rounds: int,
    database: Database,
    grower: Grower,
) -> dict[str, Tally]:
    """Short turns, since the disk of a shared machine is not equally fast all the time."""
    tallies = {name: Tally() for name in variants}
    for _ in range(rounds):
        _grow(database)  # what the others appended is not for ours to wait for
        for name, appends in variants.items():
            with grower.at_work() if name == "ours" else nullcontext():
                _measure(case, appends, tallies[name])
    return tallies


class Grower:
    """Makes leaves of what is appended and signs them, twice as often as a dispatcher looks.

    In a process of its own, as a dispatcher is: a thread of this one would hold its senders up.
    """

    def __init__(self, url: str) -> None:
        context = multiprocessing.get_context("spawn")
        self._works, self._ready, self._over = context.Event(), context.Event(), context.Event()
        given = (url, str(SECRETS), self._works, self._ready, self._over)
        self._process = context.Process(target=_keep_growing, args=given)

    def __enter__(self) -> Self:
        self._process.start()
        assert self._ready.wait(60)
        return self

    def __exit__(self, *_raised: object) -> None:
        self._over.set()
        self._process.join()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Within it the tree grows."""
        self._works.set()
        try:
            yield
        finally:
            self._works.clear()


def _keep_growing(url: str, secrets_dir: str, works: Event, ready: Event, over: Event) -> None:
    database = open_database(url, pool_size=1, text_keys=TextKeys(Path(secrets_dir)))
    _grow(database)
    ready.set()
    while not over.wait(EVERY / 2):
        if works.is_set():
            _grow(database)


def _grow(database: Database) -> None:
    with database.transaction(SYSTEM) as tx:
        while grow(tx) == BATCH:
            pass
        publish(tx, signer=_SIGNER)


def _measure(case: tuple[int, int], appends: list[Append], tally: Tally) -> None:
    threads, streams = case
    names = [f"bench:{n}" for n in range(streams)]
    for append in appends[:threads]:
        append(names[0])
    begun = time.perf_counter()
    end = begun + ROUND

    def work(index: int) -> None:
        for turn in count(index):
            start = time.perf_counter()
            if start > end:
                return
            appends[index](names[turn % streams])
            tally.durations.append(time.perf_counter() - start)

    running = [threading.Thread(target=work, args=[index]) for index in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    tally.seconds += time.perf_counter() - begun


def _ratio(tallies: dict[str, Tally]) -> float:
    ours, bare = tallies["ours"].figures(), tallies["xid8"].figures()
    return round(ours["appends/s"] / bare["appends/s"], 3)


def _ours(database: Database) -> Append:
    def append(stream: str) -> None:
        with database.transaction(SYSTEM) as tx:
            tx.record(stream, _ballot())

    return append


def _ballot() -> BallotCast:
    return BallotCast(
        poll_id=1, person_id=1, mandate_id=None, category=Category.CITIZEN, choice="yes"
    )


def _name(case: tuple[int, int]) -> str:
    threads, streams = case
    return f"{threads} at once, {streams} stream{'s' if streams > 1 else ''}"
