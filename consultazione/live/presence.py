"""That each person was heard of: a dropped connection ends nobody's attendance at once.

Redis keeps the last sign of each, in one hash for each sitting: a word that differs each time,
and no time of day, since clocks jump. Silence of a minute and a half (`silences`) counts as
having left; the message `leave` does at once. A person whom Redis does not know is noted as
heard of now, so that nobody is thrown out because Redis was wiped.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Collection
from contextlib import suppress
from datetime import timedelta
from typing import Any

from redis import Redis
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.core.errors import NotFound
from consultazione.live.silences import Silences, Who
from consultazione.sittings.attendance.commands.presence import mark_departed
from consultazione.sittings.models import OVER, Attendance, Sitting

_FORGET_AFTER = timedelta(days=1)


def note(redis: Redis, sitting_id: int, persons: Collection[int]) -> int:
    """Note that persons were heard of now; returns how many were not known before."""
    if not persons:
        return 0
    pipe = redis.pipeline(transaction=False)
    pipe.hset(_key(sitting_id), mapping=dict.fromkeys(map(str, persons), secrets.token_hex(6)))
    pipe.expire(_key(sitting_id), _FORGET_AFTER)
    new: int = pipe.execute()[0]
    return new


def forget(redis: Redis, sitting_id: int, persons: Collection[int]) -> None:
    """Forget persons who have left."""
    if persons:
        redis.hdel(_key(sitting_id), *map(str, persons))


def sweep(database: Database, redis: Redis, silences: Silences) -> int:
    """End the attendance of all who have been silent for too long; returns how many.

    Persons of whom nothing is known are noted as heard of now.
    """
    with database.snapshot() as session:
        present = _present(session)
    signs: dict[Who, bytes] = {}
    for sitting_id, persons in present.items():
        known = _signs(redis, sitting_id, persons)
        note(redis, sitting_id, [person for person in persons if person not in known])
        signs.update({(sitting_id, person): sign for person, sign in known.items()})
    silent: dict[int, list[int]] = defaultdict(list)
    for sitting_id, person_id in silences.look(signs):
        silent[sitting_id].append(person_id)
    for sitting_id, persons in silent.items():
        _end(database, sitting_id, persons)
        forget(redis, sitting_id, persons)
    return sum(map(len, silent.values()))


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
        .where(Sitting.state.not_in(OVER))
        .order_by(Attendance.id)
    )
    absent: dict[int, list[int]] = defaultdict(list)
    for sitting_id, person_id in session.execute(query):
        absent[sitting_id].append(person_id)
    return absent


def _signs(redis: Redis, sitting_id: int, persons: list[int]) -> dict[int, bytes]:
    """The last signs of those persons of whom there is one."""
    found: list[Any] = redis.hmget(_key(sitting_id), list(map(str, persons)))
    return {person: sign for person, sign in zip(persons, found, strict=True) if sign is not None}


def _end(database: Database, sitting_id: int, persons: list[int]) -> None:
    if persons:
        # NotFound: the rehearsal was ended meanwhile
        with suppress(NotFound), database.transaction(SYSTEM) as tx:
            mark_departed(tx, sitting_id=sitting_id, persons=persons)


def _key(sitting_id: int) -> str:
    return f"here:{sitting_id}"
