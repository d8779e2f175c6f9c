"""When each person was last heard of: a dropped connection ends nobody's attendance at once.

Redis keeps it, in one hash for each sitting. Silence of a minute and a half counts as having
left; the message `leave` does at once. A person whom Redis does not know is noted as heard of
now, so that nobody is thrown out because Redis was wiped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from contextlib import suppress
from datetime import timedelta

from redis import Redis
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core import clock
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.core.errors import NotFound
from consultazione.sittings.attendance.commands.presence import mark_departed
from consultazione.sittings.models import Attendance, Sitting, SittingState

SILENCE = timedelta(seconds=90)
_FORGET_AFTER = timedelta(days=1)


def note(redis: Redis, sitting_id: int, persons: Collection[int]) -> int:
    """Note that persons were heard of now; returns how many were not known before."""
    if not persons:
        return 0
    pipe = redis.pipeline(transaction=False)
    pipe.hset(_key(sitting_id), mapping=dict.fromkeys(map(str, persons), _now()))
    pipe.expire(_key(sitting_id), _FORGET_AFTER)
    new: int = pipe.execute()[0]
    return new


def forget(redis: Redis, sitting_id: int, persons: Collection[int]) -> None:
    """Forget persons who have left."""
    if persons:
        redis.hdel(_key(sitting_id), *map(str, persons))


def sweep(database: Database, redis: Redis) -> int:
    """End the attendance of all who have been silent for too long; returns how many."""
    with database.snapshot() as session:
        present = _present(session)
    count = 0
    for sitting_id, persons in present.items():
        silent = absent_since(redis, sitting_id, persons)
        _end(database, sitting_id, silent)
        forget(redis, sitting_id, silent)
        count += len(silent)
    return count


def absent_since(redis: Redis, sitting_id: int, persons: list[int]) -> list[int]:
    """Those of the persons who have been silent for longer than SILENCE.

    Persons of whom nothing is known are noted as heard of now.
    """
    oldest = _now() - SILENCE.total_seconds()
    known = redis.hgetall(_key(sitting_id))
    silent, unknown = [], []
    for person_id in persons:
        heard = known.get(str(person_id).encode())
        if heard is None:
            unknown.append(person_id)
        elif float(heard) < oldest:
            silent.append(person_id)
    note(redis, sitting_id, unknown)
    return silent


def forget_ended(redis: Redis, going_on: Collection[int]) -> None:
    """Forget everybody who was heard of in other sittings than those that go on."""
    known = {_key(sitting_id).encode() for sitting_id in going_on}
    for key in redis.scan_iter("here:*"):
        if key not in known:
            redis.delete(key)


def _present(session: Session) -> dict[int, list[int]]:
    query = (
        select(Attendance.sitting_id, Attendance.person_id)
        .join(Sitting, Sitting.id == Attendance.sitting_id)
        .where(Attendance.left_at.is_(None), Attendance.in_hall.is_(False))
        .where(Sitting.state != SittingState.CLOSED)
        .order_by(Attendance.id)
    )
    absent: dict[int, list[int]] = defaultdict(list)
    for sitting_id, person_id in session.execute(query):
        absent[sitting_id].append(person_id)
    return absent


def _end(database: Database, sitting_id: int, persons: list[int]) -> None:
    if persons:
        # NotFound: the rehearsal was ended meanwhile
        with suppress(NotFound), database.transaction(SYSTEM) as tx:
            mark_departed(tx, sitting_id=sitting_id, persons=persons)


def _key(sitting_id: int) -> str:
    return f"here:{sitting_id}"


def _now() -> float:
    return clock.now().timestamp()
