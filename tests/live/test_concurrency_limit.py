"""Who comes when all connections are taken waits, and who finds too many waiting is told."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from consultazione.live.brakes.concurrency_limit import ConcurrencyLimit
from consultazione.live.refusals import Busy


def test_so_many_at_once_and_no_more() -> None:
    limit, release, inside = ConcurrencyLimit(at_once=2, most_waiting=1), threading.Event(), []

    def act() -> None:
        with limit.slot():
            inside.append(1)
            release.wait(10)

    with ThreadPoolExecutor(3) as pool:
        acts = [pool.submit(act) for _ in range(3)]
        while limit._count < 3 or len(inside) < 2:
            threading.Event().wait(0.001)
        assert len(inside) == 2
        with pytest.raises(Busy), limit.slot():
            pass
        release.set()
        for one in acts:
            one.result(10)
    with limit.slot():
        assert len(inside) == 3
