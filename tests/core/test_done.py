"""An act that comes again with its key is answered, and nothing is done."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from consultazione.core.actor import VISITOR, Actor
from consultazione.core.db import Database
from consultazione.core.done import KEPT_FOR, forget_old, once
from consultazione.core.errors import Conflict, Invalid
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
            return once(tx, key, content, act)


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
        once(tx, key, "hand", refuse)
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
