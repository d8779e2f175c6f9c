"""Group commit: what arrives at one process within a few milliseconds is done as one.

Whoever comes first to an empty queue leads: it does all that has come in one transaction,
and hands each its own answer, after the commit. Who comes meanwhile forms the next group,
led by its first. While groups are of several, each waits a moment for more; who comes alone
waits for nobody. The queue is bounded: who finds it full
is told so at once, and when to try again.
"""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Any, Generic, TypeVar

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Refusal
from consultazione.web.db_outage import is_away

Item = TypeVar("Item")
Answer = TypeVar("Answer")
GATHER_SECONDS = 0.02
MOST_TOGETHER = 1000
MOST_WAITING = 12_000
RETRY_AFTER = 2
TOO_MANY = _("Very many are doing this right now: it is tried again shortly.")


class Busy(Refusal):
    """Too many acts wait already; nothing was done, and it may be tried again."""

    code = "busy"
    status = 503
    retry_after = RETRY_AFTER


@dataclass
class _Waiting(Generic[Item]):
    """An item in the queue; woken with its answer, or to lead the group that it opens."""

    item: Item
    woken: Event = field(default_factory=Event)
    answer: Any = None
    is_done: bool = False

    def settle(self, answer: Any) -> None:
        self.answer, self.is_done = answer, True
        self.woken.set()


class GroupCommit(Generic[Item, Answer]):
    """Does items of one kind together, those of each key apart.

    run: does the items of one key in the order given, in one transaction that is committed
    when it returns; gives for each its answer or its refusal. gather: seconds to wait for
    more while many come. What is only read may be done so too: nobody gets what was read
    before they asked.
    """

    def __init__(
        self,
        run: Callable[[Any, list[Item]], Sequence[Answer | Refusal]],
        *,
        gather: float = GATHER_SECONDS,
        most_waiting: int = MOST_WAITING,
    ) -> None:
        self._run = run
        self._gather = gather
        self._most_waiting = most_waiting
        self._queues: dict[Hashable, deque[_Waiting[Item]]] = defaultdict(deque)
        self._led: set[Hashable] = set()
        self._many_come = False
        self._lock = Lock()

    def submit(self, key: Hashable, item: Item) -> Answer:
        """Wait until the item is committed; raises its refusal, or Busy if too many wait."""
        waiting = _Waiting(item)
        if not self._join(key, waiting):
            waiting.woken.wait()
        if not waiting.is_done:
            self._lead(key)
        if isinstance(waiting.answer, BaseException):
            # one fault may be told to thousands: each raises it from its own place alone
            raise waiting.answer.with_traceback(None)
        answer: Answer = waiting.answer
        return answer

    def _join(self, key: Hashable, waiting: _Waiting[Item]) -> bool:
        """Queue up; True if nobody leads, so that this one has to."""
        with self._lock:
            if len(self._queues[key]) >= self._most_waiting:
                raise Busy(TOO_MANY)
            self._queues[key].append(waiting)
            leads = key not in self._led
            self._led.add(key)
        return leads

    def _lead(self, key: Hashable) -> None:
        if self._many_come:
            time.sleep(self._gather)
        with self._lock:
            queue = self._queues[key]
            group = [queue.popleft() for _ in range(min(len(queue), MOST_TOGETHER))]
            self._many_come = len(group) > 1
        try:
            for waiting, answer in zip(group, self._answers(key, group), strict=True):
                waiting.settle(answer)
        finally:
            for waiting in group:
                if not waiting.is_done:  # the process is ending: nothing was committed
                    waiting.settle(ConnectionError("given up"))
            self._pass_on(key)

    def _pass_on(self, key: Hashable) -> None:
        """Let the next in the queue lead, if there is one."""
        with self._lock:
            if self._queues[key]:
                self._queues[key][0].woken.set()
            else:
                del self._queues[key]
                self._led.discard(key)

    def _answers(self, key: Hashable, group: list[_Waiting[Item]]) -> Sequence[Any]:
        """An answer, a refusal or a fault for each; a fault in a group is traced to its item."""
        try:
            return self._run(key, [waiting.item for waiting in group])
        except Exception as error:
            of_all = isinstance(error, Refusal) or is_away(error)  # no such poll, no database
            if of_all or len(group) == 1:
                return [error] * len(group)
            return [answer for one in group for answer in self._answers(key, [one])]
