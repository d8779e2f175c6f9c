"""An act that comes again with its key is answered, and nothing is done."""

from __future__ import annotations

from datetime import timedelta
from types import NoneType
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection
from sqlalchemy.event import listen, remove

from consultazione.core.actor import SYSTEM, VISITOR, Actor
from consultazione.core.db import Confinement, Database
from consultazione.core.errors import Conflict, Invalid, Refusal
from consultazione.core.idempotency import (
    KEPT_FOR,
    Keyed,
    forget_confined,
    forget_old,
    run_each_once,
    run_once,
)
from consultazione.core.log import EPHEMERAL_FROM, is_ephemeral
from consultazione.zones.events import ZoneSetUp
from tests.support.factories import Factory


class Acts:
    """Counts how often an act was done."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.count = 0

    def send(self, actor: Actor, key: UUID | None, content: Any = "hand") -> dict[str, Any]:
        def act() -> dict[str, Any]:
            self.count += 1
            return {"number": self.count}

        with self._database.transaction(actor) as tx:
            return run_once(tx, key, content, act)


@pytest.fixture
def acts(database: Database) -> Acts:
    return Acts(database)


def test_a_repeat_gets_the_answer_of_the_first_time(acts: Acts, make: Factory) -> None:
    anna, key = make.citizen(), uuid4()
    assert acts.send(anna, key) == acts.send(anna, key) == {"number": 1}
    assert acts.count == 1
    assert acts.send(anna, uuid4()) == {"number": 2}


def test_a_key_is_its_senders_own(acts: Acts, make: Factory) -> None:
    key = uuid4()
    acts.send(make.citizen(), key)
    assert acts.send(make.citizen(), key) == {"number": 2}


def test_a_key_names_one_act(acts: Acts, make: Factory) -> None:
    anna, key = make.citizen(), uuid4()
    acts.send(anna, key, {"poll": 1, "choice": "yes"})
    acts.send(anna, key, {"choice": "yes", "poll": 1})
    with pytest.raises(Invalid):
        acts.send(anna, key, {"poll": 1, "choice": "no"})
    assert acts.count == 1


def test_what_was_refused_may_be_tried_again(acts: Acts, database: Database, make: Factory) -> None:
    anna, key = make.citizen(), uuid4()

    def refuse() -> dict[str, Any]:
        raise Conflict("not now")

    with pytest.raises(Conflict), database.transaction(anna) as tx:
        run_once(tx, key, "hand", refuse)
    assert acts.send(anna, key) == {"number": 1}


def test_without_a_key_or_a_person_every_act_counts(acts: Acts, make: Factory) -> None:
    anna, key = make.citizen(), uuid4()
    acts.send(anna, None)
    acts.send(anna, None)
    acts.send(VISITOR, key)
    acts.send(VISITOR, key)
    assert acts.count == 4


def test_old_keys_are_forgotten(acts: Acts, database: Database, make: Factory) -> None:
    anna, key = make.citizen(), uuid4()
    acts.send(anna, key)
    for later, count in [(timedelta(hours=1), 1), (KEPT_FOR + timedelta(seconds=5), 2)]:
        with database.transaction(anna) as tx:
            forget_old(tx.session, now=tx.now + later)
        acts.send(anna, key)
        assert acts.count == count


class Batch:
    """Runs a batch of acts; those whose content is "no" are refused."""

    def __init__(self, database: Database, connection: Connection) -> None:
        self._database = database
        self._connection = connection
        self.statements: list[str] = []

    def run(self, acts: list[Keyed], confinement: Confinement | None = None) -> list[Any]:
        """What each act is answered, and the places of those that were done."""
        done: list[int] = []

        def run(places: list[int]) -> list[Refusal | None]:
            done.extend(places)
            return [Conflict("no") if acts[place].content == "no" else None for place in places]

        def note(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            if "done_act" in statement:
                self.statements.append(statement.split()[0])

        self.statements.clear()
        listen(self._connection, "before_cursor_execute", note)
        try:
            with self._database.transaction(SYSTEM) as tx:
                tx.confinement = confinement
                answers = run_each_once(tx, acts, run)
        finally:
            remove(self._connection, "before_cursor_execute", note)
        return [[type(answer) for answer in answers], done]


@pytest.fixture
def batch(database: Database, connection: Connection) -> Batch:
    return Batch(database, connection)


def test_of_a_batch_each_key_is_done_once(batch: Batch) -> None:
    key, other = uuid4(), uuid4()
    acts = [Keyed(1, key, "yes"), Keyed(1, key, "yes"), Keyed(2, key, "yes"), Keyed(1, None, "yes")]
    assert batch.run(acts) == [[NoneType] * 4, [0, 2, 3]]
    assert batch.statements == ["INSERT", "SELECT"]
    again = [Keyed(1, key, "yes"), Keyed(1, key, "other"), Keyed(1, other, "yes")]
    assert batch.run(again) == [[NoneType, Invalid, NoneType], [2]]


def test_a_refusal_in_a_batch_is_its_senders_and_frees_the_key(batch: Batch) -> None:
    key = uuid4()
    acts = [Keyed(1, key, "no"), Keyed(1, key, "no"), Keyed(2, key, "yes")]
    assert batch.run(acts) == [[Conflict, Conflict, NoneType], [0, 2]]
    assert batch.statements == ["INSERT", "DELETE"]
    assert batch.run([Keyed(1, key, "yes")]) == [[NoneType], [0]]


def test_a_batch_without_keys_asks_nothing_of_the_table(batch: Batch) -> None:
    assert batch.run([Keyed(1, None, "yes"), Keyed(None, uuid4(), "no")])[1] == [0, 1]
    assert batch.statements == []


def test_keys_of_a_confinement_are_forgotten_with_it(batch: Batch, database: Database) -> None:
    confinement = Confinement(EPHEMERAL_FROM, is_ephemeral, "refused")
    act = Keyed(1, uuid4(), "yes")
    assert batch.run([act], confinement) == [[NoneType], [0]]
    assert batch.statements == ["INSERT", "UPDATE"]
    assert batch.run([act], confinement)[1] == []
    with database.transaction(SYSTEM) as tx:
        forget_confined(tx.session, confinement.number)
    assert batch.run([act], confinement)[1] == [0]


def test_what_is_confined_is_recorded_on_no_other_stream(database: Database) -> None:
    event = ZoneSetUp(zone_id=1, cycle_start=2018, cycle_end=2020)
    with database.transaction(SYSTEM) as tx:
        tx.confinement = Confinement(EPHEMERAL_FROM, is_ephemeral, "It would stay.")
        tx.record(f"zone:{EPHEMERAL_FROM}", event)
        with pytest.raises(Conflict, match="It would stay"):
            tx.record(f"zone:{EPHEMERAL_FROM - 1}", event)
    assert [entry.stream for entry in tx.entries] == [f"zone:{EPHEMERAL_FROM}"]
