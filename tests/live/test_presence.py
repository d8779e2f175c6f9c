"""Who stays silent for long is taken to have left; nobody is thrown out by a lost Redis."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from redis import Redis

from consultazione.core import clock
from consultazione.core.actor import Actor
from consultazione.core.db import Database
from consultazione.live import presence
from consultazione.sittings.models import Sitting
from consultazione.sittings.room.snapshot import presence as present_in
from tests.support.factories import Factory


@pytest.fixture
def sitting(make: Factory) -> Sitting:
    return make.sitting()


@pytest.fixture
def anna(make: Factory, sitting: Sitting) -> Actor:
    make.presided(sitting)
    return make.present(sitting)


def is_present(database: Database, sitting: Sitting, who: Actor) -> bool:
    with database.snapshot() as session:
        return who.person_id in present_in(session, sitting.id)["present"]


def later(seconds: int) -> time_machine.travel:
    return time_machine.travel(clock.now() + timedelta(seconds=seconds), tick=True)


def test_silence_ends_the_attendance(
    database: Database, redis: Redis, sitting: Sitting, anna: Actor
) -> None:
    assert anna.person_id is not None
    presence.note(redis, sitting.id, [anna.person_id])
    with later(80):
        assert presence.sweep(database, redis) == 0
        assert is_present(database, sitting, anna)
    with later(100):
        assert presence.sweep(database, redis) == 1
        assert not is_present(database, sitting, anna)
        assert presence.sweep(database, redis) == 0


def test_a_sign_of_life_keeps_it(
    database: Database, redis: Redis, sitting: Sitting, anna: Actor
) -> None:
    assert anna.person_id is not None
    presence.note(redis, sitting.id, [anna.person_id])
    with later(80):
        assert presence.note(redis, sitting.id, [anna.person_id]) == 0
    with later(120):
        presence.sweep(database, redis)
        assert is_present(database, sitting, anna)


def test_a_wiped_redis_throws_nobody_out(
    database: Database, redis: Redis, sitting: Sitting, anna: Actor
) -> None:
    assert presence.sweep(database, redis) == 0
    with later(60):
        assert presence.sweep(database, redis) == 0
        assert is_present(database, sitting, anna)
    with later(100):
        assert presence.sweep(database, redis) == 2
