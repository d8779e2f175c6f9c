"""What follows a commit follows nothing else; a refusal that settles something is committed."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from consultazione.core import log
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database, Transaction
from consultazione.core.errors import Conflict
from consultazione.core.idempotency import run_once
from consultazione.zones.events import ZoneSetUp
from tests.support.factories import Factory

HAPPENED = ZoneSetUp(zone_id=1, cycle_start=2018, cycle_end=2020)


class Settled(Conflict):
    """A refusal that leaves something behind."""

    settles = True


def act(database: Database, *steps: Callable[[Transaction], None]) -> None:
    """Some steps in one transaction."""
    with database.transaction(SYSTEM) as tx:
        for step in steps:
            step(tx)


def note(tx: Transaction) -> None:
    tx.record("zone:1", HAPPENED)


def refuse(_tx: Transaction) -> None:
    raise Settled("no")


def fail(_tx: Transaction) -> None:
    raise Conflict("no")


def noted(database: Database) -> int:
    with database.snapshot() as session:
        return len(log.read_stream(session, "zone:1"))


def test_it_follows_a_commit_in_order_and_nothing_else(database: Database) -> None:
    done: list[str] = []

    def put_off(tx: Transaction) -> None:
        tx.after_commit(lambda: done.append(f"first, after {noted(database)}"))
        tx.after_commit(lambda: done.append("second"))
        assert done == []

    with pytest.raises(Conflict):
        act(database, put_off, note, fail)
    assert (done, noted(database)) == ([], 0)
    act(database, put_off, note)
    assert done == ["first, after 1", "second"]


def test_one_that_fails_is_logged_and_the_rest_is_done(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []

    def put_off(tx: Transaction) -> None:
        tx.after_commit(lambda: fail(tx))
        tx.after_commit(lambda: done.append("second"))

    act(database, put_off, note)
    assert (done, noted(database)) == (["second"], 1)
    assert "Conflict" in caplog.text


def test_a_refusal_that_settles_something_is_committed_and_raised(database: Database) -> None:
    done: list[str] = []
    with pytest.raises(Settled):
        act(database, note, lambda tx: tx.after_commit(lambda: done.append("after")), refuse)
    assert (done, noted(database)) == (["after"], 1)


def test_the_key_of_a_refused_act_stays_free(database: Database, make: Factory) -> None:
    """Else the repeat would be answered as if the act had been done."""
    person, key, tries = make.citizen(), uuid4(), []

    def send() -> None:
        def refused() -> dict[str, str]:
            tries.append(1)
            raise Settled("no")

        with database.transaction(person) as tx:
            run_once(tx, key, "ballot", refused)

    for _try in range(2):
        with pytest.raises(Settled):
            send()
    assert len(tries) == 2
