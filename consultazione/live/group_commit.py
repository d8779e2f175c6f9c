"""Group commit: what reaches one process within a few milliseconds is committed as one.

An item passes through these stages; those of different keys do not meet:

1. **enqueue**: the item joins the queue of its key, or is refused (Busy) if that is full;
2. **elect the leader**: the first to find no leader leads, all others wait;
3. **gather**: the leader takes up to MOST_TOGETHER items from the queue; after a group of
   several it waits a moment before, so that more can join; an item that comes alone never waits;
4. **commit**: the leader runs the whole group in one transaction;
5. **settle**: each of the group is given its own answer, refusal or fault;
6. **hand over**: the first item that was queued meanwhile leads the next group.

Reading can be grouped in the same way: nobody gets what was read before they asked.
"""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Any, Generic, TypeVar

from consultazione.core.errors import Refusal
from consultazione.live.refusals import TOO_MANY, Busy
from consultazione.web.db_outage import is_away

Item = TypeVar("Item")
Answer = TypeVar("Answer")
GATHER_SECONDS = 0.02
MOST_TOGETHER = 1000
MOST_WAITING = 12_000


@dataclass
class _Queued(Generic[Item]):
    """An item in the queue; its request is woken with the answer, or to lead a group."""

    item: Item
    woken: Event = field(default_factory=Event)
    answer: Any = None
    is_settled: bool = False

    def settle(self, answer: Any) -> None:
        self.answer, self.is_settled = answer, True
        self.woken.set()


class GroupCommit(Generic[Item, Answer]):
    """Runs items in groups, those of each key apart. Threads and greenlets may share one.

    run: takes a key and its items in the order in which they were queued, and gives an answer
    or a refusal for each; what it did is committed when it returns. gather: seconds to wait
    for more items while they come in groups. most_waiting: items that may wait for each key.
    """

    def __init__(
        self,
        run: Callable[[Any, list[Item]], Sequence[Answer | Refusal]],
        *,
        gather: float = GATHER_SECONDS,
        most_waiting: int = MOST_WAITING,
    ) -> None:
        self._run = run
        self._gather_seconds = gather
        self._most_waiting = most_waiting
        self._queues: dict[Hashable, deque[_Queued[Item]]] = defaultdict(deque)
        self._led: set[Hashable] = set()
        self._many_come = False
        self._lock = Lock()

    def submit(self, key: Hashable, item: Item) -> Answer:
        """Wait until the item is committed, and return its answer.

        Raises its refusal; Busy at once if too many wait; the fault if its group failed.
        """
        queued = _Queued(item)
        if not self._enqueue(key, queued):
            queued.woken.wait()
        if not queued.is_settled:
            self._lead(key)
        if isinstance(queued.answer, BaseException):
            # one fault may be told to thousands: each raises it from its own place alone
            raise queued.answer.with_traceback(None)
        answer: Answer = queued.answer
        return answer

    def _enqueue(self, key: Hashable, queued: _Queued[Item]) -> bool:
        """Join the queue, and elect the leader: True if the caller has to lead."""
        with self._lock:
            if len(self._queues[key]) >= self._most_waiting:
                raise Busy(TOO_MANY)
            self._queues[key].append(queued)
            is_elected = key not in self._led
            self._led.add(key)
        return is_elected

    def _lead(self, key: Hashable) -> None:
        """Take one group, the leader's own item in it, through all further stages."""
        group = self._gather(key)
        try:
            for queued, answer in zip(group, self._commit(key, group), strict=True):
                queued.settle(answer)
        finally:
            for queued in group:
                if not queued.is_settled:  # the process is ending: nothing was committed
                    queued.settle(ConnectionError("given up"))
            self._hand_over(key)

    def _gather(self, key: Hashable) -> list[_Queued[Item]]:
        """Take the next group from the queue; while groups are of several, wait for more."""
        if self._many_come:
            time.sleep(self._gather_seconds)
        with self._lock:
            queue = self._queues[key]
            group = [queue.popleft() for _ in range(min(len(queue), MOST_TOGETHER))]
            self._many_come = len(group) > 1
        return group

    def _commit(self, key: Hashable, group: list[_Queued[Item]]) -> Sequence[Any]:
        """An answer, a refusal or a fault for each item.

        A fault undoes the whole group, which is then run again item by item: only the item
        that caused it gets it. What concerns all (no such poll, no database) is not retried.
        """
        try:
            return self._run(key, [queued.item for queued in group])
        except Exception as error:
            concerns_all = isinstance(error, Refusal) or is_away(error)
            if concerns_all or len(group) == 1:
                return [error] * len(group)
            return [answer for queued in group for answer in self._commit(key, [queued])]

    def _hand_over(self, key: Hashable) -> None:
        """Wake the first in the queue to lead the next group, if there is one."""
        with self._lock:
            if self._queues[key]:
                self._queues[key][0].woken.set()
            else:
                del self._queues[key]
                self._led.discard(key)
