"""Visitors who search among 100,000 proposals, and what becomes of everybody else's pages.

24 visitors ask without a pause for a word that is everywhere, rare or nowhere. The ratio is that
of the 95th percentile of other pages without and with them.
"""

from __future__ import annotations

import http.client
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from urllib.parse import urlsplit

from sqlalchemy import text

from consultazione.core.actor import SYSTEM
from tests.bench.measure import milliseconds
from tests.bench.report import Report
from tests.bench.search_everything import figures as figures_of_everything
from tests.support.factories import Factory
from tests.support.stack import Stack, running_stack

SEARCHERS = 24
# More than a limit by address would let through: what is measured is what lies behind it.
ADDRESSES = "10.0.{}.{}"
CASES = {"common": "sportello", "rare": "lavanderia", "unknown": "inesistente"}
OTHERS = ("/", "/tavoli", "/proposte")  # below the address of the cycle
_ROWS = """
INSERT INTO proposal
    (table_id, author_id, category, title, body, state, submitted_at, demo, supports)
SELECT :place, :author, 'citizen', 'Proposta ' || n,
    'Uno sportello di ascolto nel quartiere, aperto anche di sera e il sabato. '
    || CASE WHEN n % 1000 = 0 THEN 'lavanderia ' ELSE '' END
    || (SELECT string_agg('parola' || (n * 7 + k * 7919) % 20011, ' ')
        FROM generate_series(1, 60) k),
    CASE WHEN n % 3 = 0 THEN 'admitted' ELSE 'submitted' END, now(), false, n % 17
FROM generate_series(1, :many) n
"""


def run(*, quick: bool) -> Report:
    """Other pages one after the other over one connection, alone and while others search."""
    many, times = (3_000, 10) if quick else (100_000, 60)
    ours, baseline = {}, {}
    with running_stack(demo=False, settings={"TRUSTED_PROXIES": "1"}) as stack:
        here = _fill(stack, many)
        quiet, _ = _others(stack, here, times)
        for case, word in CASES.items():
            with _searching(stack, here, word) as answers:
                figures, refused = _others(stack, here, times)
            ours[case] = {
                **figures,
                "refused": refused,
                "searches": answers[200],
                "told to wait": answers[429] + answers[503],
                "failed": sum(answers.values()) - answers[200] - answers[429] - answers[503],
            }
            baseline[case] = quiet
    alone, limits = figures_of_everything(quick=quick)
    return Report(
        name="search",
        work=f"{SEARCHERS} visitors search {many} proposals; {times} times {', '.join(OTHERS)}; "
        "everything is searched by one visitor, beside ten times as many comments",
        ours={**ours, **alone},
        baseline=baseline,
        ratio={c: round(baseline[c]["p95 ms"] / ours[c]["p95 ms"], 3) for c in ours},
        limits=limits,
    )


def _fill(stack: Stack, many: int) -> str:
    """Write the proposals; returns the address of their cycle."""
    make = Factory(stack.database())
    values = {"place": make.table().id, "author": make.citizen().person_id, "many": many}
    with make.database.transaction(SYSTEM) as tx:
        tx.session.execute(text(_ROWS), values)
        tx.session.execute(text("ANALYZE"))
    return make.here


def _others(stack: Stack, here: str, times: int) -> tuple[dict[str, float], int]:
    """How long other pages take, and how many were refused."""
    durations, refused = [], 0
    connection = http.client.HTTPConnection(urlsplit(stack.url).netloc, timeout=60)
    for turn in range(times + 2):
        for path in OTHERS:
            begun = time.perf_counter()
            status = _ask(connection, here + path, "192.0.2.1")
            if turn >= 2:  # the first ones fill caches
                durations.append(time.perf_counter() - begun)
                refused += status != http.client.OK
    connection.close()
    return milliseconds(durations), refused


@contextmanager
def _searching(stack: Stack, here: str, word: str) -> Iterator[Counter[int]]:
    """Visitors who search until the block ends, each from a network of their own; the answers."""
    answers: Counter[int] = Counter()
    done = Event()

    def search(number: int) -> None:
        connection = http.client.HTTPConnection(urlsplit(stack.url).netloc, timeout=120)
        turn = 0
        while not done.is_set():
            turn += 1
            address = ADDRESSES.format(number, turn % 250)
            answers[_ask(connection, f"{here}/proposte?q={word}", address)] += 1
        connection.close()

    threads = [Thread(target=search, args=(number,)) for number in range(SEARCHERS)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    try:
        yield answers
    finally:
        done.set()
        for thread in threads:
            thread.join()


def _ask(connection: http.client.HTTPConnection, path: str, address: str) -> int:
    connection.request("GET", path, headers={"X-Forwarded-For": address})
    answer = connection.getresponse()
    answer.read()
    return answer.status
