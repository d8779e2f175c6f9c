"""The log within the product's transactions; what any log must do is in `log_contract`."""

from __future__ import annotations

import pytest

from consultazione.core import log
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.zones.events import ZoneSetUp

STREAM = "test:1"


def set_up(zone_id: int = 1) -> ZoneSetUp:
    return ZoneSetUp(zone_id=zone_id, cycle_start=2018, cycle_end=2020)


def record(database: Database, stream: str, *events: log.Event) -> list[log.Entry]:
    with database.transaction(SYSTEM) as tx:
        for event in events:
            tx.record(stream, event)
    return tx.entries


def test_what_fails_leaves_neither_state_nor_entry(database: Database) -> None:
    def failing() -> None:
        with database.transaction(SYSTEM) as tx:
            tx.session.add(log.Stream(name="half", number=1, digest=log.GENESIS))
            tx.record(STREAM, set_up())
            raise RuntimeError("after the record")

    with pytest.raises(RuntimeError):
        failing()
    with database.snapshot() as session:
        assert session.get(log.Stream, "half") is None
        assert log.head(session, STREAM) == 0


def test_a_digest_does_not_betray_what_its_entry_says(database: Database) -> None:
    (entry,) = record(database, STREAM, set_up())
    with database.snapshot() as session:
        row = session.get_one(log.EntryRow, entry.position)
        guessed = {
            name: getattr(row, name)
            for name in ("stream", "number", "kind", "at", "actor_id", "data")
        }
        without = log.chain_digest(log.GENESIS, log.canonical(**guessed, salt=b""))
        assert row.digest != without
        assert row.digest == log.chain_digest(log.GENESIS, log.canonical(**guessed, salt=row.salt))
        assert len(row.salt) >= 16
