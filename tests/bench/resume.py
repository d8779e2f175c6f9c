"""The web process ends and comes back: everybody is in the room again, in step."""

from __future__ import annotations

import time

from tests.bench.assembly import assembly
from tests.bench.report import Report
from tests.bench.sizes import sizes

_MOST = 2000


def run(*, quick: bool) -> Report:
    """From the moment at which it answers again; the baseline is the first coming in."""
    ours, baseline = {}, {}
    for size in (size for size in sizes(quick=quick) if size <= _MOST):
        case = f"{size} participants"
        with assembly(size) as full:
            begun = time.perf_counter()
            full.connect()
            first = full.hall.order("say", message="enter", data=full.room)
            baseline[case] = {"s": _seconds(begun), "refused": sum(first["refused"].values())}
            full.stack.kill("web")
            full.stack.wait_ready()
            begun = time.perf_counter()
            full.hall.order("connect")
            again = full.hall.order("say", message="enter", data=full.room, after=True)
            ours[case] = {"s": _seconds(begun), "refused": sum(again["refused"].values())}
    return Report(
        name="resume",
        work="web process killed under everybody; from its return until the last is in step",
        ours=ours,
        baseline=baseline,
        ratio={c: round(baseline[c]["s"] / ours[c]["s"], 3) for c in ours},
    )


def _seconds(begun: float) -> float:
    return round(time.perf_counter() - begun, 3)
