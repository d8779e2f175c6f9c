"""Turns are one after the other, and rested from."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

from consultazione.live.brakes.throttle import Throttle

TOOK = 0.02


def test_turns_take_a_quarter_of_the_time() -> None:
    throttle, spans = Throttle(), []

    def take() -> None:
        with throttle.turn():
            began = time.monotonic()
            time.sleep(TOOK)
            spans.append((began, time.monotonic()))

    with ThreadPoolExecutor(3) as pool:
        for done in [pool.submit(take) for _ in range(3)]:
            done.result()
    for (began, ended), (next_began, _) in pairwise(spans):
        assert next_began - ended >= 3 * (ended - began) - 0.001
