"""One message to a room of hundreds or thousands: how soon it is there, and how many a second.

Messages are published as the dispatcher does; the baseline is published to the bare
application in the same way, through its own library. Participants are signed in and have
entered; entries have the size of a raised hand.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import socketio

from consultazione.live.fanout import RedisFanout
from consultazione.sittings.events import sitting_stream
from tests.bench.assembly import assembly, bare
from tests.bench.hall import Hall
from tests.bench.measure import percentile
from tests.bench.report import Report
from tests.bench.sizes import sizes

_STEADY = 20
_PAUSE = 0.5
_FLAT_OUT = 200_000  # deliveries
_FIRST = 1_000_000  # far beyond what the sitting has
Publish = Callable[[dict[str, Any]], None]


def run(*, quick: bool) -> Report:
    """Two messages a second, then as many as go through, at each size."""
    ours: dict[str, dict[str, float]] = {}
    baseline: dict[str, dict[str, float]] = {}
    for size in sizes(500, 2_000, 10_000, quick=quick):
        case = f"{size} participants"
        with assembly(size) as full:
            full.connect()
            full.hall.order("say", message="enter", data=full.room)
            stream, fanout = sitting_stream(full.sitting.id), RedisFanout(full.stack.redis_url)

            def publish(payload: dict[str, Any], fanout: RedisFanout = fanout) -> None:
                fanout.publish(stream, "entries", payload)  # noqa: B023

            ours[case] = _figures(full.hall, publish, size)
        with bare(size) as room:
            room.connect()
            room.hall.order("say", message="enter", data={})
            queue = socketio.RedisManager(room.redis_url, channel="bare", write_only=True)

            def say(payload: dict[str, Any], queue: socketio.RedisManager = queue) -> None:
                queue.emit("entries", payload, room="room")

            baseline[case] = _figures(room.hall, say, size)
    return Report(
        name="fanout",
        work=f"{1 / _PAUSE:g} messages a second, then as fast as possible, to all in one room",
        ours=ours,
        baseline=baseline,
        ratio={
            f"{case}, {name}": round(_better(name, ours[case][name], baseline[case][name]), 3)
            for case in ours
            for name in ("p99 ms", "frames/s")
        },
    )


def _better(name: str, ours: float, theirs: float) -> float:
    return ours / theirs if name == "frames/s" else theirs / ours


def _figures(hall: Hall, publish: Publish, size: int) -> dict[str, float]:
    time.sleep(2)  # what their coming in has set going is over
    hall.order("arrivals")
    waits = _steady(hall, publish)
    assert len(waits) == _STEADY * size, (len(waits), _STEADY * size)
    return {
        "p50 ms": round(percentile(waits, 50) * 1000, 1),
        "p99 ms": round(percentile(waits, 99) * 1000, 1),
        "frames/s": _flat_out(hall, publish, size),
    }


def _steady(hall: Hall, publish: Publish) -> list[float]:
    sent = {}
    for turn in range(_STEADY):
        sent[_FIRST + turn] = time.perf_counter()
        publish(_message(_FIRST + turn))
        time.sleep(_PAUSE)
    time.sleep(2)
    arrivals = hall.order("arrivals")
    return [
        at - sent[int(n)] for n, moments in arrivals.items() if int(n) in sent for at in moments
    ]


def _flat_out(hall: Hall, publish: Publish, size: int) -> float:
    """Deliveries a second, from the first sending to the last arrival."""
    times = max(10, min(400, _FLAT_OUT // size))
    begun = time.perf_counter()
    for turn in range(times):
        publish(_message(2 * _FIRST + turn))
    last, count = begun, 0
    for _ in range(120):
        time.sleep(0.5)
        for number, moments in hall.order("arrivals").items():
            if int(number) >= 2 * _FIRST:
                count, last = count + len(moments), max(last, *moments)
        if count >= times * size:
            break
    assert count >= times * size * 0.99, (count, times * size)
    return round(count / (last - begun))


def _message(number: int) -> dict[str, Any]:
    """An entry of the usual size; numbered beyond the sitting's own, and of no other stream."""
    entry = {"number": number, "kind": "hand.raised", "at": "2026-11-21T20:00:00+00:00"}
    data = {"hand_id": number, "person_id": number, "mandate_id": None, "category": "citizen"}
    return {"stream": "bench", "entries": [{**entry, "data": data}], "people": {}}
