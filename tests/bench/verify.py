"""`consultazione verify` over a million entries, each tenth with a text: seconds and memory.

Nine in ten are ballots, whose rows are compared with them. The rows are made as appends make them,
but by one program with COPY, since a million commands would take an hour: voters and polls are
numbers without rows. The tree is grown by what the dispatcher calls.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import psutil
import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from consultazione.core import clock, log
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database, open_database
from consultazione.core.events import Event, FreeText, to_data
from consultazione.core.log.texts import SaltedText, seal_text
from consultazione.core.text_keys import Tree, keys_of
from consultazione.embedded.postgres import NAME, OWNER
from consultazione.people.models import Category
from consultazione.proposals.events import ProposalNotAdmitted
from consultazione.sittings.polls.events import BallotCast
from consultazione.transparency.growth import grow, publish
from consultazione.transparency.notes import Signer
from tests.bench.measure import postgres
from tests.bench.report import Limit, Report
from tests.support.keys import SECRETS, text_keys

STREAMS = 2_000
TEXT_EVERY = 10
_SIGNER = Signer("bench.example/log", Ed25519PrivateKey.from_private_bytes(b"b" * 32))
_ENTRIES = "COPY log_entry (stream, number, kind, data, at, salt, digest, prev_digest) FROM STDIN"
_TEXTS = "COPY log_text (position, field, leaf, sealed) FROM STDIN"
_BALLOTS = "COPY ballot (poll_id, person_id, category, choice, cast_at) FROM STDIN"
_REFERENCES = """SELECT format('ALTER TABLE ballot DROP CONSTRAINT %I', conname)
    FROM pg_constraint WHERE conrelid = 'ballot'::regclass AND contype = 'f'"""
_HEADS = """INSERT INTO log_stream VALUES (%s, %s, %s) ON CONFLICT (name)
    DO UPDATE SET number = excluded.number, digest = excluded.digest"""


def run(*, quick: bool) -> Report:
    """Fill a log, grow its tree, verify all of it, and sign what comes on top."""
    count, new = (20_000, 1_000) if quick else (1_000_000, 10_000)
    with postgres() as url:
        _drop_references(url)
        database = open_database(url, text_keys=text_keys())
        filling = Filling(database, url)
        filling.add(count)
        built = _sign(database)
        seconds, megabytes = _verify(url)
        filling.add(new)
        signed = _sign(database)
    return Report(
        name="verify",
        work=f"{count} entries in {STREAMS} streams; load {os.getloadavg()[0]:.1f}",
        ours={
            "verify": {"s": round(seconds, 1)},
            "memory of verify": {"MB": round(megabytes)},
            "the first tree": {"s": round(built, 1)},
            f"checkpoint of {new} new": {"s": round(signed, 2)},
        },
        baseline={},
        ratio={},
        limits={
            "verify": Limit("s", 15),
            "memory of verify": Limit("MB", 300),
            f"checkpoint of {new} new": Limit("s", 1),
        },
    )


@dataclass
class Filling:
    """Adds entries to the ends of streams, as many as are asked for."""

    database: Database
    url: str
    position: int = 0
    heads: dict[str, tuple[int, bytes]] = field(
        default_factory=lambda: {f"poll:{n}": (0, log.GENESIS) for n in range(1, STREAMS + 1)}
    )

    def add(self, count: int) -> None:
        """Add entries, each with a text that falls on it."""
        texts: list[tuple[Any, ...]] = []
        ballots: list[tuple[Any, ...]] = []
        with self.database.transaction(SYSTEM) as tx:
            tree = keys_of(tx.session).tree(tx.session)
            leaves = iter(log.draw_leaves(tx.session, count // TEXT_EVERY + 1))
        with psycopg.connect(self.url.replace("+psycopg", "")) as connection:
            with connection.cursor().copy(_ENTRIES) as copy:
                for _ in range(count):
                    self.position += 1
                    copy.write_row(self._row(tree, leaves, texts, ballots))
            with connection.cursor().copy(_TEXTS) as copy:
                for text in texts:
                    copy.write_row(text)
            with connection.cursor().copy(_BALLOTS) as copy:
                for ballot in ballots:
                    copy.write_row(ballot)
            rows = [(name, *head) for name, head in self.heads.items() if head[0]]
            connection.cursor().executemany(_HEADS, rows)

    def _row(
        self,
        tree: Tree,
        leaves: Iterator[int],
        texts: list[tuple[Any, ...]],
        ballots: list[tuple[Any, ...]],
    ) -> tuple[Any, ...]:
        poll_id = self.position * 7 % STREAMS + 1
        stream = f"poll:{poll_id}"
        number, head = self.heads[stream]
        event = _event(poll_id, self.position)
        data = to_data(event)
        if "reason" in data:
            text = SaltedText(secrets.token_bytes(16), data["reason"])
            position, leaf = self.position, next(leaves)
            sealed = seal_text(tree, position=position, field="reason", leaf=leaf, text=text)
            texts.append((position, "reason", leaf, sealed))
            data["reason"] = {"digest": log.text_digest(text.salt, text.body)}
        at = clock.now() + timedelta(microseconds=self.position)
        if isinstance(event, BallotCast):
            ballots.append((poll_id, event.person_id, event.category, event.choice, at))
        fields: dict[str, Any] = {
            "stream": stream, "number": number + 1, "kind": event.kind, "data": data,
            "at": at, "salt": secrets.token_bytes(16),
        }  # fmt: skip
        digest = log.chain_digest(head, log.canonical(**fields, actor_id=None))
        self.heads[stream] = (number + 1, digest)
        return (*{**fields, "data": json.dumps(data)}.values(), digest, head)


def _drop_references(url: str) -> None:
    """Let there be ballots of polls and voters that have no rows."""
    owner = url.replace("+psycopg", "").replace(f"//{NAME}@", f"//{OWNER}@")
    with psycopg.connect(owner) as connection:
        for (statement,) in connection.execute(_REFERENCES).fetchall():
            connection.execute(statement)


def _event(poll_id: int, position: int) -> Event:
    if position % TEXT_EVERY == 0:
        reason = FreeText(f"La proposta è stata discussa e non accolta: motivo {position}.")
        return ProposalNotAdmitted(proposal_id=position, table_id=1, reason=reason)
    return BallotCast(
        poll_id=poll_id,
        person_id=position,
        mandate_id=None,
        category=Category.CITIZEN,
        choice="yes",
    )


def _sign(database: Database) -> float:
    """Make everything leaves and sign it; in seconds."""
    began, grown = time.perf_counter(), 1
    while grown:
        with database.transaction(SYSTEM) as tx:
            grown = grow(tx)
    with database.transaction(SYSTEM) as tx:
        assert publish(tx, signer=_SIGNER)
    return time.perf_counter() - began


def _verify(url: str) -> tuple[float, float]:
    """Seconds, and megabytes of all its processes together at their most."""
    most = 0.0
    began = time.perf_counter()
    settings = {"DATABASE_URL": url.replace("+psycopg", ""), "SECRETS_DIR": str(SECRETS)}
    command = [sys.executable, "-m", "consultazione", "verify"]
    with subprocess.Popen(command, env={**os.environ, **settings}) as verifying:
        watched = psutil.Process(verifying.pid)
        while verifying.poll() is None:
            most = max(most, _megabytes(watched))
            time.sleep(0.1)
    assert verifying.returncode == 0
    return time.perf_counter() - began, most


def _megabytes(process: psutil.Process) -> float:
    """What a process and its children keep in memory, each shared page counted once."""
    try:
        family = [process, *process.children(recursive=True)]
        return sum(one.memory_full_info().pss for one in family) / 1e6
    except psutil.Error:
        return 0.0
