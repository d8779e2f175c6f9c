"""From ``consultazione up`` to ready, over data that are there already.

The baseline starts the same two servers over the same data, by the classes of the
embedded stack and all at once, and a Flask application that only answers.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from consultazione.embedded.postgres import Postgres
from consultazione.embedded.valkey import Valkey
from tests.bench.bare.server import serving
from tests.bench.report import Report
from tests.support.stack import Stack, running_stack


def run(*, quick: bool) -> Report:
    """The median of three warm starts, ours and bare by turns."""
    times = 1 if quick else 3
    ours: list[float] = []
    bare: list[float] = []
    with running_stack() as stack:
        for _ in range(times):
            stack.stop()
            ours.append(_seconds(stack.start))
            stack.stop()
            bare.append(_bare_start(stack))
    return Report(
        name="start",
        work=f"warm start to ready, the demo zone's data; median of {times}, aim 5 s or less",
        ours={"consultazione up": _figures(ours)},
        baseline={"PostgreSQL, Valkey, bare Flask": _figures(bare)},
        ratio=round(statistics.median(bare) / statistics.median(ours), 3),
    )


def _bare_start(stack: Stack) -> float:
    servers = [Postgres(stack.place / "postgres"), Valkey(stack.place / "valkey")]
    begun = time.perf_counter()
    with ExitStack() as running:
        for server in servers:
            running.callback(server.stop)
        with ThreadPoolExecutor() as pool:
            started = [pool.submit(server.start) for server in servers]
            running.enter_context(serving("hello"))
            for future in started:
                future.result()
        return time.perf_counter() - begun


def _seconds(action: Callable[[], None]) -> float:
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def _figures(seconds: list[float]) -> dict[str, float]:
    return {
        "median s": round(statistics.median(seconds), 3),
        "least s": round(min(seconds), 3),
        "most s": round(max(seconds), 3),
    }
