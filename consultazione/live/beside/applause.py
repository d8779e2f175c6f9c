"""Applause: counted in Redis, shown as a number, and one entry in the log when it is over.

A hash for each speech and point holds the total and how often each person has applauded, so that
nobody applauds more than MOST_EACH times, nor more than once a second. The dispatcher shows the
totals and records them (`workers/loops/applause.py`). If Redis is wiped a number begins anew,
which harms nothing: applause counts towards nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Flask, current_app
from flask_babel import lazy_gettext as _
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy.orm import Session

from consultazione.core.actor import Actor
from consultazione.core.db import Database
from consultazione.core.errors import Conflict, NotAllowed, Refusal
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.live.contract import ApplauseAnswer
from consultazione.live.group_commit import GroupCommit
from consultazione.live.refusals import Busy, TooMany
from consultazione.sittings.applause.queries import Subject, applauded_now
from consultazione.sittings.locking import NOT_PRESENT
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.room.snapshot import present_of
from consultazione.web.request_db import actor, release_snapshot

# How often one person applauds one speech, or one point.
MOST_EACH = 20
_APART = timedelta(seconds=1)
_FORGET_AFTER = timedelta(days=1)
_INDEX = "applause:index"
_TOTAL = "total"


@dataclass(frozen=True)
class Counted:
    """The applause of a speech or a point of a sitting so far."""

    sitting_id: int
    subject: Subject
    count: int


class Applauding:
    """The applause that reaches a process, taken together; a request waits without a connection."""

    def __init__(self, database: Database, redis: Redis) -> None:
        self._database = database
        self._redis = redis
        self.claps: GroupCommit[Actor, int] = GroupCommit(self._take)

    def _take(self, sitting_id: int, actors: list[Actor]) -> Sequence[int | Refusal]:
        """How often each may applaud yet, or why not now."""
        with self._database.snapshot() as session:
            subject, speaker = applauded_now(session, sitting_id)
            refusals = _refusals(session, sitting_id, actors)
        if subject is None:
            quiet = Conflict(_("Nobody speaks and no point is under discussion: wait for one."))
            return [refusal or quiet for refusal in refusals]
        return [
            refusal or self._clap(sitting_id, subject, speaker, actor.person_id or 0)
            for actor, refusal in zip(actors, refusals, strict=True)
        ]

    def _clap(
        self, sitting_id: int, subject: Subject, speaker: int | None, person_id: int
    ) -> int | Refusal:
        if person_id == speaker:
            return Conflict(_("You have the floor: the others applaud."))
        if not self._redis.set(f"applause:{sitting_id}:{person_id}", 1, px=_APART, nx=True):
            return TooMany(_("You applaud once a second at most: wait a moment."))
        key = _key(sitting_id, subject)
        own = int(self._redis.hincrby(key, str(person_id), 1))
        if own > MOST_EACH:
            return Conflict(_("You have applauded enough: others count too."))
        pipe = self._redis.pipeline(transaction=False)
        pipe.hincrby(key, _TOTAL, 1)
        pipe.expire(key, _FORGET_AFTER)
        pipe.sadd(_INDEX, key)
        pipe.execute()
        return MOST_EACH - own


def init(app: Flask) -> None:
    """Give an application its applause."""
    extensions = app.extensions
    extensions["applause"] = Applauding(extensions["database"], extensions["redis"])


def applaud(sitting_id: int, key: UUID | None = None) -> ApplauseAnswer:
    """Applaud who speaks, else the point under discussion, as the sender, who is present.

    The key of a repeat is not kept: within a second nobody applauds twice. Busy while Redis is
    away.
    """
    acting_person(actor())
    release_snapshot()
    applauding: Applauding = current_app.extensions["applause"]
    try:
        return {"left": applauding.claps.submit(sitting_id, actor())}
    except RedisError as error:
        raise Busy(_("Applause is not counted just now: it is tried again shortly.")) from error


def counted(redis: Redis) -> list[Counted]:
    """All applause that is being counted, or was and is not recorded yet."""
    keys: list[bytes] = sorted(redis.smembers(_INDEX))  # type: ignore[arg-type]
    pipe = redis.pipeline(transaction=False)
    for key in keys:
        pipe.hget(key, _TOTAL)
    totals: list[Any] = pipe.execute()
    return [_counted(key.decode(), int(n or 0)) for key, n in zip(keys, totals, strict=True)]


def forget(redis: Redis, applause: Counted) -> None:
    """Forget applause that was recorded, or of which nothing will be."""
    key = _key(applause.sitting_id, applause.subject)
    redis.srem(_INDEX, key)
    redis.delete(key)


def _refusals(session: Session, sitting_id: int, actors: list[Actor]) -> list[Refusal | None]:
    table = get_sitting(session, sitting_id).table
    present = present_of(session, sitting_id, [one.person_id or 0 for one in actors])

    def refusal(one: Actor) -> Refusal | None:
        try:
            require(one, Permission.APPLAUD, zone_id=table.zone_id, table_id=table.id)
        except NotAllowed as error:
            return error
        return None if one.person_id in present else Conflict(NOT_PRESENT)

    return [refusal(one) for one in actors]


def _key(sitting_id: int, subject: Subject) -> str:
    return f"applause:{sitting_id}:{subject.hand_id or 0}:{subject.point_id or 0}"


def _counted(key: str, count: int) -> Counted:
    sitting_id, hand_id, point_id = map(int, key.split(":")[1:])
    return Counted(sitting_id, Subject(hand_id or None, point_id or None), count)
