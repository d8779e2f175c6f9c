"""Everybody comes into the room at once, and gets what it shows."""

from __future__ import annotations

from tests.bench.assembly import assembly, bare, waits
from tests.bench.report import Report
from tests.bench.sizes import sizes


def run(*, quick: bool) -> Report:
    """Ours notes attendances in the log and answers with the room; the bare one only joins.

    Connecting is told apart: what is compared begins when everybody is connected.
    """
    ours, baseline = {}, {}
    for size in sizes(10_000, quick=quick):
        case = f"{size} participants"
        with assembly(size) as full:
            connected = full.connect()
            said = full.hall.order("say", message="enter", data=full.room)
            ours[case] = {**connected, **waits(said)}
        with bare(size) as room:
            connected = room.connect()
            said = room.hall.order("say", message="enter", data={})
            baseline[case] = {**connected, **waits(said)}
    return Report(
        name="join",
        work="everybody enters at once; until the last has the room",
        ours=ours,
        baseline=baseline,
        ratio={c: round(baseline[c]["s for all"] / ours[c]["s for all"], 3) for c in ours},
    )
