"""What a connected participant costs the web process."""

from __future__ import annotations

import time

import psutil

from tests.bench.assembly import assembly, bare, web_process
from tests.bench.report import Report
from tests.bench.sizes import sizes

_SETTLE_SECONDS = 3.0


def run(*, quick: bool) -> Report:
    """Resident memory with everybody in the room, less what it was before they came."""
    ours, baseline = {}, {}
    for size in sizes(2_000, 10_000, quick=quick):
        case = f"{size} participants"
        with assembly(size) as full:
            before = web_process(full.stack).memory_info().rss
            full.connect()
            full.hall.order("say", message="enter", data=full.room)
            ours[case] = _grown(web_process(full.stack), before, size)
        with bare(size) as room:
            before = room.process().memory_info().rss
            room.connect()
            room.hall.order("say", message="enter", data={})
            baseline[case] = _grown(room.process(), before, size)
    return Report(
        name="memory",
        work="resident memory of the web process for each participant in the room",
        ours=ours,
        baseline=baseline,
        ratio={c: round(baseline[c]["KB each"] / ours[c]["KB each"], 3) for c in ours},
    )


def _grown(process: psutil.Process, before: int, size: int) -> dict[str, float]:
    time.sleep(_SETTLE_SECONDS)
    return {"KB each": round((process.memory_info().rss - before) / size / 1024, 1)}
