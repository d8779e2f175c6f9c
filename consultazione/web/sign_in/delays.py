"""Counts attempts in Valkey and makes the next one wait, longer with each that was wrong.

One script counts and decides, so that attempts which arrive together at several processes
are counted one after the other. An attempt is counted before its outcome is known, and taken
back if it was right: what goes on at the same moment finds it counted.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

from redis import Redis
from redis.commands.core import Script


@dataclass(frozen=True)
class Delays:
    """How attempts are slowed down; all but the number are seconds.

    free: so many wrong ones cost no delay. first: the delay after one more; it doubles with
    each further one, up to `most`. forgets: time in which one wrong attempt is forgotten.
    """

    free: int
    first: float
    most: float
    forgets: float


@dataclass(frozen=True)
class Counter:
    """What is counted under a name, and how it slows down."""

    name: str
    delays: Delays


# KEYS: a hash each of n (wrong attempts, a fraction of the oldest forgotten) and at (the last).
# ARGV: now, 1 to count or 0 to look, then free, first, most, forgets for each key. Answers the
# longest wait in seconds, as text; only if it is 0 the attempt is counted, under every key.
_TAKE = """
local now, counting, longest, counted = tonumber(ARGV[1]), ARGV[2] == '1', 0, {}
for i, key in ipairs(KEYS) do
  local free, first = tonumber(ARGV[4 * i - 1]), tonumber(ARGV[4 * i])
  local most, forgets = tonumber(ARGV[4 * i + 1]), tonumber(ARGV[4 * i + 2])
  local kept = redis.call('HMGET', key, 'n', 'at')
  local passed = math.max(0, now - (tonumber(kept[2]) or now))
  local was = tonumber(kept[1]) or 0
  if was > free - 1 then
    longest = math.max(longest, math.min(most, first * 2 ^ (was - free)) - passed)
  end
  local n = math.max(0, was - passed / forgets)
  counted[i] = {n + 1, math.ceil((n + 1) * forgets + most)}
end
if longest < 0.001 then longest = 0 end
if longest == 0 and counting then
  for i, key in ipairs(KEYS) do
    redis.call('HSET', key, 'n', tostring(counted[i][1]), 'at', string.format('%.6f', now))
    redis.call('EXPIRE', key, counted[i][2])
  end
end
return string.format('%.3f', longest)
"""
# KEYS: counters from which one attempt is taken back.
_TAKE_BACK = """
for _, key in ipairs(KEYS) do
  local n = tonumber(redis.call('HGET', key, 'n') or '0')
  if n > 1 then redis.call('HSET', key, 'n', tostring(n - 1)) else redis.call('DEL', key) end
end
"""


class GrowingDelays:
    """The counters of all processes, in one Valkey. All methods raise RedisError if it is away."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._take: Script = redis.register_script(_TAKE)
        self._take_back: Script = redis.register_script(_TAKE_BACK)

    def take(self, counters: Sequence[Counter], now: datetime, *, counting: bool = True) -> int:
        """Count an attempt under all counters, unless one of them makes it wait.

        Returns 0, or the whole seconds to wait; nothing is counted then. counting: False to
        look only.
        """
        if not counters:
            return 0
        numbers = [number for counter in counters for number in astuple(counter.delays)]
        arguments = [now.timestamp(), int(counting), *numbers]
        wait = self._take(keys=[counter.name for counter in counters], args=arguments)
        return math.ceil(float(wait) - 0.001)

    def take_back(self, counters: Sequence[Counter]) -> None:
        """Take one attempt back from each counter: it was right, or was never tried."""
        if counters:
            self._take_back(keys=[counter.name for counter in counters])

    def forget(self, counters: Sequence[Counter]) -> None:
        """Forget all attempts under these counters."""
        if counters:
            self._redis.delete(*[counter.name for counter in counters])
