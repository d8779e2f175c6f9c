"""A hall that signs in at once, through one router, while visitors read.

The baseline is the same visitors with nobody signing in.
"""

from __future__ import annotations

import http.client
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from urllib.parse import urlencode, urlsplit

from sqlalchemy import Select, select

from consultazione.people.models import Person
from tests.bench.measure import milliseconds, percentile
from tests.bench.people import actors
from tests.bench.report import Report
from tests.support.factories import PASSWORD, Factory
from tests.support.stack import running_stack

HALL = 500
_VISITORS = 2
_PAUSE = 0.1
_QUIET_SECONDS = 15.0
Browser = tuple[str, str, str]  # e-mail, cookie, token of the form


def run(*, quick: bool) -> Report:
    """Visitors first alone, then beside everybody's sign-in."""
    hall = 20 if quick else HALL
    with running_stack(demo=False) as stack:
        make = Factory(stack.database())
        for _ in range(30):
            make.proposal()
        actors(make, hall)
        with make.session() as session:
            emails = [email for email in session.scalars(_emails()) if email]
        browsers = [_open(stack.url, email) for email in emails[-hall:]]
        with _visitors(stack.url, make.here) as quiet:
            time.sleep(2.0 if quick else _QUIET_SECONDS)
        with _visitors(stack.url, make.here) as beside:
            begun = time.perf_counter()
            with ThreadPoolExecutor(hall) as crowd:
                answers = list(crowd.map(lambda one: _sign_in(stack.url, one), browsers))
            took = time.perf_counter() - begun
    statuses = Counter(status for status, _seconds in answers)
    waited = [seconds for _status, seconds in answers]
    figures = milliseconds(beside)
    return Report(
        name="signin",
        work=f"{hall} sign-ins at once from one address, {_VISITORS} visitors reading proposals",
        ours={
            "sign-ins": {
                "served": statuses[http.client.FOUND],
                "refused": hall - statuses[http.client.FOUND],
                "all within s": round(took, 1),
                "p50 s": round(percentile(waited, 50), 1),
                "p95 s": round(percentile(waited, 95), 1),
            },
            "visitors": {**figures, "pages": len(beside)},
        },
        baseline={"visitors": {**(calm := milliseconds(quiet)), "pages": len(quiet)}},
        ratio={"visitors' p95": round(calm["p95 ms"] / figures["p95 ms"], 3)},
    )


def _emails() -> Select[tuple[str | None]]:
    return select(Person.email).order_by(Person.id)


def _open(url: str, email: str) -> Browser:
    """Open the sign-in page, as everybody in the hall has done when the code is read out."""
    answer, page = _ask(url, "GET", "/accedi", {})
    token = re.search(r'name="csrf_token" value="(.+?)"', page)
    cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
    assert token, page[:500]
    return email, cookie, token[1]


def _sign_in(url: str, browser: Browser) -> tuple[int, float]:
    """The status of the answer, and the seconds that it took."""
    email, cookie, token = browser
    form = {"email": email, "password": PASSWORD, "csrf_token": token}
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    begun = time.perf_counter()
    answer, _page = _ask(url, "POST", "/accedi", headers, urlencode(form))
    return answer.status, time.perf_counter() - begun


@contextmanager
def _visitors(url: str, here: str) -> Iterator[list[float]]:
    """Visitors who read on and on inside the block; how long each of their pages took."""
    took: list[float] = []
    over = threading.Event()

    def read() -> None:
        while not over.wait(_PAUSE):
            begun = time.perf_counter()
            answer, _page = _ask(url, "GET", f"{here}/proposte", {})
            assert answer.status == http.client.OK
            took.append(time.perf_counter() - begun)

    with ThreadPoolExecutor(_VISITORS) as pool:
        readers = [pool.submit(read) for _ in range(_VISITORS)]
        try:
            yield took
        finally:
            over.set()
        for reader in readers:
            reader.result()


def _ask(
    url: str, method: str, path: str, headers: dict[str, str], body: str | None = None
) -> tuple[http.client.HTTPResponse, str]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=120)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer, answer.read().decode()
    finally:
        connection.close()
