"""The log: numbers, chains, erasure, and positions that become visible in order."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from consultazione.core import clock, log, verify
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.core.events import FreeText
from consultazione.proposals.events import ProposalNotAdmitted
from consultazione.zones.events import ZoneSetUp

STREAM = "test:1"


def set_up(zone_id: int = 1) -> ZoneSetUp:
    return ZoneSetUp(zone_id=zone_id, cycle_start=2018, cycle_end=2020)


def recorded(stream: str, zone_id: int) -> log.Recorded:
    return log.Recorded(stream, set_up(zone_id), None, clock.now())


def record(database: Database, stream: str, *events: log.Event) -> list[log.Entry]:
    with database.transaction(SYSTEM) as tx:
        for event in events:
            tx.record(stream, event)
    return tx.entries


def test_numbers_are_gapless_within_a_stream(database: Database) -> None:
    first = record(database, STREAM, set_up(1), set_up(2))
    record(database, "test:2", set_up(9))
    second = record(database, STREAM, set_up(3))
    assert [entry.number for entry in first + second] == [1, 2, 3]
    with database.snapshot() as session:
        assert log.head(session, STREAM) == 3
        assert [e.event for e in log.read_stream(session, STREAM, after=1)] == [
            set_up(2),
            set_up(3),
        ]


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


def test_free_text_stands_beside_the_log_and_can_be_erased(database: Database) -> None:
    refused = ProposalNotAdmitted(proposal_id=1, table_id=1, reason=FreeText("fuori tema"))
    (entry,) = record(database, STREAM, refused)
    with database.transaction(SYSTEM) as tx:
        row = tx.session.get(log.EntryRow, entry.position)
        assert row is not None
        assert "fuori tema" not in str(row.data)
        assert log.read_entry(tx.session, entry.position).event == refused
        log.erase_texts(tx.session, entry.position)
    with database.snapshot() as session:
        erased = log.read_entry(session, entry.position).event
        assert isinstance(erased, ProposalNotAdmitted)
        assert erased.reason == ""
        assert verify.verify_stream(session, STREAM) == []


@pytest.mark.parametrize(
    ("damage", "number", "says"),
    [
        ("UPDATE log_entry SET data = '{\"x\": 1}' WHERE number = 2", 2, "changed"),
        ("UPDATE log_entry SET actor_id = 7 WHERE number = 2", 2, "changed"),
        ("UPDATE log_text SET body = 'altro' WHERE body = 'perché'", 3, "text"),
        ("DELETE FROM log_text WHERE body = 'perché'", 3, "missing"),
        ("DELETE FROM log_entry WHERE number = 2", 2, "missing"),
        ("DELETE FROM log_entry WHERE number = 4", 4, "missing"),
        ("UPDATE log_entry SET number = 9 WHERE number = 4", 4, "missing"),
    ],
)
def test_verify_names_the_stream_and_the_number(
    database: Database, damage: str, number: int, says: str
) -> None:
    reason = ProposalNotAdmitted(proposal_id=1, table_id=1, reason=FreeText("perché"))
    record(database, STREAM, set_up(1), set_up(2), reason, set_up(4))
    with database.transaction(SYSTEM) as tx:
        assert verify.verify_stream(tx.session, STREAM) == []
        tx.session.execute(text(damage))
        faults = verify.verify_stream(tx.session, STREAM)
    assert (faults[0].stream, faults[0].number) == (STREAM, number)
    assert says in faults[0].what


def test_a_later_append_waits_for_an_earlier_one_that_commits_last(engine: Engine) -> None:
    """The earlier position commits last, and a reader still skips nothing."""
    slow, fast = Session(engine), Session(engine)
    fast_done = threading.Event()

    def append_fast() -> None:
        log.append(fast, [recorded("race:2", 2)])
        fast.commit()
        fast_done.set()

    with Session(engine) as reader:
        cursor = max((e.position for e in log.read_latest(reader, limit=1)), default=0)
    try:
        (earlier,) = log.append(slow, [recorded("race:1", 1)])
        thread = threading.Thread(target=append_fast)
        thread.start()
        assert not fast_done.wait(0.3), "the later append overtook the earlier one"
        with Session(engine) as reader:
            assert log.read_forward(reader, after=cursor, limit=10) == []
        slow.commit()
        assert fast_done.wait(5)
        thread.join()
        with Session(engine) as reader:
            seen = log.read_forward(reader, after=cursor, limit=10)
        assert [e.stream for e in seen] == ["race:1", "race:2"]
        assert seen[0].position == earlier.position
    finally:
        slow.close()
        fast.close()
        with Session(engine) as cleaner:
            cleaner.execute(text("DELETE FROM log_entry WHERE stream LIKE 'race:%'"))
            cleaner.execute(text("DELETE FROM log_stream WHERE name LIKE 'race:%'"))
            cleaner.commit()
