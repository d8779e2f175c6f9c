"""Shows the applause of each speech and point, once a second at most, and records it at its end."""

from __future__ import annotations

from contextlib import suppress

from redis import Redis

from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.core.errors import Refusal
from consultazione.live.beside import applause
from consultazione.live.beside.applause import Counted
from consultazione.live.contract import ApplauseFrame
from consultazione.live.fanout import Fanout, Frame, publish_all
from consultazione.sittings.applause.commands import count_applause
from consultazione.sittings.applause.queries import has_ended
from consultazione.sittings.events import sitting_stream

_EVERY = 1.0
# So often a number is told that has not grown: somebody may have come in since.
_AGAIN_EVERY = 5


class ApplauseCount:
    """What was told of each count, and in how many turns it has not grown."""

    def __init__(self, database: Database, fanout: Fanout, redis: Redis) -> None:
        self._database = database
        self._fanout = fanout
        self._redis = redis
        self._told: dict[Counted, int] = {}

    def every(self) -> float:
        """A second."""
        return _EVERY

    def turn(self) -> None:
        """Send the counts that have grown, record those of what is over, and forget them."""
        found = applause.counted(self._redis)
        if not found:
            self._told = {}
            return
        with self._database.snapshot() as session:
            ended = [one for one in found if has_ended(session, one.sitting_id, one.subject)]
        self._tell([one for one in found if one not in ended])
        for one in ended:
            self._record(one)
            applause.forget(self._redis, one)

    def _tell(self, going_on: list[Counted]) -> None:
        turns = {one: self._told.get(one, -1) + 1 for one in going_on}
        due = [one for one, turn in turns.items() if turn % _AGAIN_EVERY == 0]
        publish_all(self._fanout, map(_frame, due))
        self._told = turns

    def _record(self, ended: Counted) -> None:
        """Record a count; nothing of a sitting that is over, or of a rehearsal that is gone."""
        if ended.count == 0:
            return
        with suppress(Refusal), self._database.transaction(SYSTEM) as tx:
            count_applause(
                tx, sitting_id=ended.sitting_id, subject=ended.subject, count=ended.count
            )


def _frame(one: Counted) -> Frame:
    payload: ApplauseFrame = {
        "sitting": one.sitting_id,
        "hand_id": one.subject.hand_id,
        "point_id": one.subject.point_id,
        "count": one.count,
    }
    return Frame(sitting_stream(one.sitting_id), "applause", payload)
