"""Two hundred visitors read a sitting of 50,000 entries; how long others wait meanwhile.

First each kind of page alone, at 7,700 entries and at all: the first time and again. Then other
pages without readers, and with them. A reader asks for a page of the chronicle, the text, the
room or the REST interface, at random, waits for it, reads a few seconds, and asks again.
"""

from __future__ import annotations

import asyncio
import http.client
import os
import random
import time
from urllib.parse import urlsplit

from tests.bench.measure import percentile
from tests.bench.report import Report
from tests.support.factories import Factory
from tests.support.long_sitting import lengthen
from tests.support.stack import running_stack

_READERS = 200
_READS_FOR = 5.0  # seconds between an answer and the next page, on average
_MEASURED_FOR = 20.0
_OTHERS = ("{here}/proposte", "/healthz")  # here: the address of the cycle
_PAGES = ("cronaca", "cronaca?voce={}", "testo", "testo/novita", "stanza", "schermo", "presenze")
_REST = ("room", "entries", "entries?after={}", "chronicle?before={}")


def run(*, quick: bool) -> Report:
    """Other pages' waits, quiet (the baseline) and beside the readers (ours)."""
    sizes = (1_000, 2_000) if quick else (7_700, 50_000)
    readers, seconds = (10, 3.0) if quick else (_READERS, _MEASURED_FOR)
    ours: dict[str, dict[str, float]] = {}
    with running_stack(demo=False) as stack:
        make = Factory(stack.database())
        sitting = make.sitting()
        make.presided(sitting)
        persons = [make.present(sitting).person_id or 0 for _ in range(20)]
        made = 0
        for size in sizes:
            lengthen(stack.database(), sitting.id, persons, size - made)
            made = size
            for path in _paths(sitting.id):
                ours[f"{size} entries: {path}"] = _alone(stack.url, path.format(size // 2))
        quiet = asyncio.run(_others(stack.url, make.here, seconds))
        busy = asyncio.run(
            _beside_readers(stack.url, make.here, _paths(sitting.id), sizes[-1], readers, seconds)
        )
    case = f"{readers} readers"
    return Report(
        name="longsit",
        work=f"other pages while {readers} read {sizes[-1]} entries; load {os.getloadavg()[0]:.1f}",
        ours={**ours, case: busy},
        baseline={case: quiet},
        ratio={p: round(quiet[f"{p} p95 ms"] / busy[f"{p} p95 ms"], 2) for p in _OTHERS},
    )


def _paths(sitting_id: int) -> list[str]:
    return [f"/sedute/{sitting_id}/{page}" for page in _PAGES] + [
        f"/api/v1/sittings/{sitting_id}/{part}" for part in _REST
    ]


def _alone(url: str, path: str) -> dict[str, float]:
    """How long one page takes the first time, and again; and how large it is."""
    waits = []
    for _ in range(2):
        begun = time.perf_counter()
        connection = http.client.HTTPConnection(urlsplit(url).netloc)
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        waits.append(time.perf_counter() - begun)
        assert answer.status == 200, (path, answer.status)
        connection.close()
    return {
        "first ms": round(waits[0] * 1000, 1),
        "again ms": round(waits[1] * 1000, 1),
        "KB": round(len(body) / 1000, 1),
    }


async def _others(url: str, here: str, seconds: float) -> dict[str, float]:
    """What other pages take, asked for one after the other."""
    found: dict[str, list[float]] = {path: [] for path in _OTHERS}
    ends = time.perf_counter() + seconds
    while time.perf_counter() < ends:
        for path, waits in found.items():
            waits.append(await _get(url, path.format(here=here)))
            await asyncio.sleep(0.05)
    return {
        f"{path} p{percent} ms": round(percentile(waits, percent) * 1000, 1)
        for path, waits in found.items()
        for percent in (50, 95, 99)
    }


async def _beside_readers(
    url: str, here: str, paths: list[str], entries: int, readers: int, seconds: float
) -> dict[str, float]:
    waits: list[float] = []
    crowd = [asyncio.create_task(_read(url, paths, entries, waits)) for _ in range(readers)]
    await asyncio.sleep(_READS_FOR)
    found = await _others(url, here, seconds)
    refused = sum(reader.done() for reader in crowd)
    for reader in crowd:
        reader.cancel()
    await asyncio.gather(*crowd, return_exceptions=True)
    return {
        **found,
        "pages read": len(waits),
        "readers refused": refused,
        "readers' p50 ms": round(percentile(waits, 50) * 1000, 1),
        "readers' p95 ms": round(percentile(waits, 95) * 1000, 1),
    }


async def _read(url: str, paths: list[str], entries: int, waits: list[float]) -> None:
    chosen = random.Random()
    await asyncio.sleep(chosen.uniform(0, _READS_FOR))
    while True:
        waits.append(await _get(url, chosen.choice(paths).format(chosen.randint(1, entries))))
        await asyncio.sleep(chosen.expovariate(1 / _READS_FOR))


async def _get(url: str, path: str) -> float:
    """How long a page takes, until its last byte; an error if it does not come."""
    begun = time.perf_counter()
    place = urlsplit(url)
    reading, writing = await asyncio.open_connection(place.hostname, place.port)
    writing.write(
        f"GET {path} HTTP/1.1\r\nHost: {place.netloc}\r\nConnection: close\r\n\r\n".encode()
    )
    status = await reading.readline()
    await reading.read()
    writing.close()
    if b" 200 " not in status:
        raise ConnectionError(f"{path}: {status!r}")
    return time.perf_counter() - begun
