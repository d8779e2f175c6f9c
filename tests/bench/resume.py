"""The web process ends and comes back: everybody is in the room again, in step.

Something is said while it is away, more while they come back, and more after. Every browser
must have the number of the last entry, without a gap; what comes twice is counted.
"""

from __future__ import annotations

import time
from threading import Thread

from consultazione.core import log
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.lifecycle.commands.breaks import resume_sitting, suspend_sitting
from tests.bench.assembly import Assembly, assembly
from tests.bench.report import Report
from tests.bench.sizes import sizes

_WHILE_AWAY, _MEANWHILE = 10, 20
_PAUSE = 0.1
_SETTLE = 2.0


def run(*, quick: bool) -> Report:
    """From the moment at which it answers again; the baseline is the first coming in."""
    ours, baseline = {}, {}
    for size in sizes(2_000, quick=quick):
        case = f"{size} participants"
        with assembly(size) as full:
            begun = time.perf_counter()
            full.connect()
            first = full.hall.order("say", message="enter", data=full.room)
            baseline[case] = {"s": _seconds(begun), "refused": sum(first["refused"].values())}
            full.stack.kill("web")
            _say(full, _WHILE_AWAY)
            full.stack.wait_ready()
            ours[case] = _come_back(full)
    return Report(
        name="resume",
        work="web process killed under everybody; from its return until the last is in step",
        ours=ours,
        baseline=baseline,
        ratio={c: round(baseline[c]["s"] / ours[c]["s"], 3) for c in ours},
    )


def _come_back(full: Assembly) -> dict[str, float]:
    begun = time.perf_counter()
    saying = Thread(target=_say, args=[full, _MEANWHILE], kwargs={"pause": _PAUSE})
    saying.start()
    full.hall.order("connect")
    again = full.hall.order("say", message="enter", data=full.room, after=True)
    seconds = _seconds(begun)
    saying.join()
    time.sleep(_SETTLE)
    steps = full.hall.order("steps")
    with full.make.session() as session:
        head = log.head(session, sitting_stream(full.sitting.id))
    assert steps["numbers"] == [head], (steps, head)
    return {
        "s": seconds,
        "refused": sum(again["refused"].values()),
        "gaps": steps["gaps"],
        "came twice": steps["repeats"],
    }


def _say(full: Assembly, times: int, *, pause: float = 0.0) -> None:
    """Let the sitting pause and go on, so often."""
    for turn in range(times):
        with full.make.database.transaction(full.chair) as tx:
            if turn % 2:
                resume_sitting(tx, sitting_id=full.sitting.id)
            else:
                suspend_sitting(tx, sitting_id=full.sitting.id, reason=f"Pausa {turn}")
        time.sleep(pause)


def _seconds(begun: float) -> float:
    return round(time.perf_counter() - begun, 3)
