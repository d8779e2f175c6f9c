"""Everybody raises a hand within five seconds: frames are bounded by ticks, not by hands."""

from __future__ import annotations

import time
from typing import Any

from consultazione.core import log
from tests.bench.assembly import Assembly, assembly, bare, waits
from tests.bench.hall import Hall
from tests.bench.report import Report
from tests.bench.sizes import sizes

_WITHIN = 5.0
_QUIET_SECONDS = 3.0


def run(*, quick: bool) -> Report:
    """The bare application passes each hand on by itself."""
    ours, baseline = {}, {}
    for size in sizes(2_000, quick=quick):
        case = f"{size} participants"
        with assembly(size) as full:
            full.connect()
            full.hall.order("say", message="enter", data=full.room)
            ours[case] = _raise(full.hall, "hand.raise", full.room, size)
            _check(full)
        with bare(size) as room:
            room.connect()
            room.hall.order("say", message="enter", data={})
            hand = {"entries": [{"number": 1}], "filling": "x" * 200}
            baseline[case] = _raise(room.hall, "say", hand, size)
    return Report(
        name="hands",
        work=f"everybody raises a hand within {_WITHIN:g} s; frames are what one browser gets",
        ours=ours,
        baseline=baseline,
        ratio={c: round(baseline[c]["frames"] / ours[c]["frames"], 3) for c in ours},
    )


def _raise(hall: Hall, message: str, data: dict[str, Any], size: int) -> dict[str, float]:
    _quiet(hall)
    said = hall.order("say", message=message, data=data, over=_WITHIN)
    return {**waits(said), "frames": round(_quiet(hall).get("entries", 0) / size, 1)}


def _quiet(hall: Hall) -> dict[str, int]:
    """What was heard until nothing more came for a while."""
    total: dict[str, int] = {}
    while True:
        time.sleep(_QUIET_SECONDS)
        heard = hall.order("heard")
        for event, count in heard.items():
            total[event] = total.get(event, 0) + count
        if not heard.get("entries"):
            return total


def _check(full: Assembly) -> None:
    """Ids grow with the order of the log: it is the order of commit."""
    with full.make.session() as session:
        entries = log.read_stream(session, f"sitting:{full.sitting.id}")
    raised = [entry for entry in entries if entry.kind == "hand.raised"]
    assert len(raised) == len(full.crowd), (len(raised), len(full.crowd))
    assert [entry.number for entry in raised] == sorted(entry.number for entry in raised)
