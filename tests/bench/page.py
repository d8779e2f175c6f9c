"""The table's page: the server's time for it, and how many queries it takes.

The baseline sends the very statements that the page sends, recorded from the product,
over plain psycopg and renders every row that they find.
"""

from __future__ import annotations

import http.client
import pickle
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Engine, event

from consultazione.app import create_app
from consultazione.config import read_settings
from consultazione.core.actor import Actor
from consultazione.tables.models import ThematicTable
from tests.bench.bare.server import serving
from tests.bench.measure import directory, milliseconds
from tests.bench.report import Report
from tests.support.factories import Factory
from tests.support.participant import cookie_of
from tests.support.stack import Stack, running_stack

AUTHORS = 10
TEXT = "Uno sportello di ascolto in **ogni** comune, aperto anche di sera. " * 10
Query = tuple[str, Any]


def run(*, quick: bool) -> Report:
    """Requests one after the other over one connection, by a visitor and by a participant."""
    scale, times = (20, 20) if quick else (200, 200)
    with running_stack(demo=False) as stack, directory("page-") as place:
        make = Factory(stack.database())
        table, reader = _content(make, place, scale)
        path = f"{make.here}/tavoli/{table.slug}"
        cookies = {"visitor": "", "signed in": cookie_of(stack, reader)}
        queries = {case: _queries(stack, path, cookie) for case, cookie in cookies.items()}
        ours = {case: _figures(stack.url + path, cookies[case], times) for case in cookies}
        (place / "queries").write_bytes(pickle.dumps(queries["visitor"]))
        settings = {
            "QUERIES": str(place / "queries"),
            "BARE_DATABASE": stack.database_url.replace("+psycopg", ""),
        }
        with serving("page", **settings) as url:
            bare = _figures(f"{url}/", "", times)
    for case, figures in [*ours.items(), ("visitor", bare)]:
        figures["queries"] = len(queries[case])
    return Report(
        name="page",
        work=f"the page of a table with {scale} proposals, {5 * scale} comments, 10 sittings; "
        f"{times} requests over one connection",
        ours=ours,
        baseline={"the visitor's queries": bare},
        ratio=round(bare["p50 ms"] / ours["visitor"]["p50 ms"], 3),
    )


def _content(make: Factory, place: Path, scale: int) -> tuple[ThematicTable, Actor]:
    """A table at which much has been said, and one of those who said it."""
    table = make.table()
    authors = [make.citizen() for _ in range(AUTHORS)]
    for number in range(scale):
        author = authors[number % AUTHORS]
        proposal = make.proposal(table, author, title=f"Proposta {number}", body=TEXT)
        for turn in range(5):
            make.comment(proposal, authors[(number + turn) % AUTHORS], body=TEXT)
    for _ in range(10):
        make.sitting(table)
        make.material(table, place)
    return table, authors[0]


def _queries(stack: Stack, path: str, cookie: str) -> list[Query]:
    """What the page asks the database, once all that is asked only once has been."""
    app = create_app(read_settings(stack.environment))
    seen: list[Query] = []

    def note(_c: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        seen.append((statement, values))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        for _ in range(2):
            seen.clear()
            answer = app.test_client(use_cookies=False).get(path, headers={"Cookie": cookie})
            assert answer.status_code == http.client.OK, answer.text
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return seen


def _figures(url: str, cookie: str, times: int) -> dict[str, float]:
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.netloc)
    durations, size = [], 0
    for number in range(times + 5):
        begun = time.perf_counter()
        connection.request("GET", address.path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        size = len(answer.read())
        assert answer.status == http.client.OK
        if number >= 5:  # the first ones fill caches
            durations.append(time.perf_counter() - begun)
    connection.close()
    return {**milliseconds(durations), "kB": round(size / 1000, 1)}
