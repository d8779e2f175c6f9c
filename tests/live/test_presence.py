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
from consultazione.live.silences import Silences
from consultazione.sittings.models import Sitting
from consultazione.sittings.room.snapshot import present_of
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
        return bool(present_of(session, sitting.id, [who.person_id or 0]))


class Watch:
    """A dispatcher's eye on silence, with a clock that the test moves."""

    def __init__(self, database: Database, redis: Redis) -> None:
        self._database, self._redis = database, redis
        self._passed = 0.0
        self._silences = Silences(lambda: self._passed)

    def turn(self, seconds: float = 15) -> int:
        """Have some time pass, then one sweep; returns how many it saw off."""
        self._passed += seconds
        return presence.sweep(self._database, self._redis, self._silences)

    def turns(self, seconds: int) -> int:
        """The usual sweeps, every quarter of a minute, of so many seconds."""
        return sum(self.turn() for _ in range(seconds // 15))


@pytest.fixture
def watch(database: Database, redis: Redis) -> Watch:
    watch = Watch(database, redis)
    watch.turn()
    return watch


def test_silence_ends_the_attendance(
    database: Database, redis: Redis, sitting: Sitting, anna: Actor, watch: Watch
) -> None:
    assert anna.person_id is not None
    presence.note(redis, sitting.id, [anna.person_id])
    assert watch.turns(90) == 0
    assert is_present(database, sitting, anna)
    assert watch.turns(30) == 2  # the chair is as silent
    assert not is_present(database, sitting, anna)
    assert watch.turns(120) == 0


def test_a_sign_of_life_keeps_it(
    database: Database, redis: Redis, sitting: Sitting, anna: Actor, watch: Watch
) -> None:
    assert anna.person_id is not None
    for _ in range(4):
        assert presence.note(redis, sitting.id, [anna.person_id]) == 0
        watch.turns(75)
        assert is_present(database, sitting, anna)


def test_a_wiped_redis_throws_nobody_out(
    database: Database, redis: Redis, sitting: Sitting, anna: Actor, watch: Watch
) -> None:
    watch.turns(75)
    presence.forget_ended(redis, [])
    assert watch.turns(90) == 0
    assert is_present(database, sitting, anna)
    assert watch.turns(45) == 2


@pytest.mark.parametrize("hours", [-30, -2, 2, 30])
def test_a_clock_that_jumps_sees_nobody_off(
    database: Database, redis: Redis, sitting: Sitting, anna: Actor, watch: Watch, hours: int
) -> None:
    assert anna.person_id is not None
    presence.note(redis, sitting.id, [anna.person_id])
    watch.turns(30)
    with time_machine.travel(clock.now() + timedelta(hours=hours)):
        assert watch.turns(45) == 0
        presence.note(redis, sitting.id, [anna.person_id])
        watch.turns(90)
        assert is_present(database, sitting, anna)
    watch.turns(60)
    assert not is_present(database, sitting, anna), "silence is noticed all the same"


def test_a_machine_that_slept_sees_nobody_off(
    database: Database, sitting: Sitting, anna: Actor, watch: Watch
) -> None:
    """Browsers were asleep with it, or could not reach it: they get time to be heard again."""
    watch.turns(30)
    assert watch.turn(seconds=7200) == 0
    assert watch.turn() == 0
    assert is_present(database, sitting, anna)


def test_another_dispatcher_that_takes_over_begins_anew(
    database: Database, redis: Redis, sitting: Sitting, anna: Actor, watch: Watch
) -> None:
    watch.turns(75)
    heir = Watch(database, redis)
    assert heir.turns(90) == 0
    assert is_present(database, sitting, anna)
    assert heir.turns(45) == 2
