"""The whole stack as ``consultazione up`` runs it."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import psutil
import pytest

from consultazione.config import ROOT
from consultazione.embedded.process import alive, servers_in
from consultazione.embedded.roles import descendants_of
from tests.support.stack import free_port, places_of
from tests.support.waiting import settles


class Stack:
    """One ``up`` in another process, with its output."""

    def __init__(self, place: Path, port: int) -> None:
        self.place = place
        self.port = port
        self.output = place / "up.txt"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def process(self) -> subprocess.Popen[bytes]:
        assert self._process is not None
        return self._process

    @property
    def runs(self) -> bool:
        """True between start and end."""
        return self._process is not None and self._process.poll() is None

    @property
    def lines(self) -> list[str]:
        """The output of the current ``up`` so far."""
        return self.output.read_text().splitlines()

    def start(self, **settings: str) -> None:
        """Start, and wait for the address."""
        environment = {
            **os.environ,
            **places_of(self.place),
            "PORT": str(self.port),
            **settings,
        }
        with self.output.open("wb") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "consultazione", "up"],
                cwd=ROOT,
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self.wait_for(lambda: self.said("Ready: ") or self.process.poll() is not None)
        assert self.said(f"Ready: http://127.0.0.1:{self.port}"), self.lines

    def end(self, number: signal.Signals) -> int:
        """Send a signal, wait, and return the exit status."""
        self.process.send_signal(number)
        return self.process.wait(30)

    def said(self, text: str) -> bool:
        return any(text in line for line in self.lines)

    def answers(self) -> bool:
        """True if every part reports that it is ready."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def figures(self) -> str:
        """What the web tells Prometheus of itself."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/metrics")
            return connection.getresponse().read().decode()
        finally:
            connection.close()

    def left(self) -> list[psutil.Process]:
        """The living processes of this stack."""
        return [
            *servers_in(self.place / "postgres", "postgres"),
            *servers_in(self.place / "valkey", "valkey-server"),
            *descendants_of(self.place),
        ]

    def child(self, program: str) -> psutil.Process:
        """The supervisor's child whose command line contains `program`."""
        return next(filter(partial(_runs, program), psutil.Process(self.process.pid).children()))

    def has_child(self, program: str) -> bool:
        """True if the supervisor has a living child that runs `program`."""
        children = psutil.Process(self.process.pid).children()
        return any(map(partial(_runs, program), children))

    def wait_for(self, condition: Callable[[], bool]) -> None:
        assert settles(condition, within=60), self.lines


def _runs(program: str, process: psutil.Process) -> bool:
    return alive(process) and program in " ".join(process.cmdline())


@pytest.fixture(scope="module")
def only() -> Iterator[Stack]:
    """One directory for all of these tests, because creating the database takes longest."""
    place = Path(tempfile.mkdtemp(prefix="c-"))
    stack = Stack(place, free_port())
    yield stack
    if stack.runs:
        stack.end(signal.SIGTERM)
    shutil.rmtree(place)


@pytest.fixture
def stack(only: Stack) -> Stack:
    """The stack, restarted if the test before stopped it."""
    if not only.runs:
        only.start()
    return only


def test_the_first_page_is_made_before_it_is_ready(only: Stack) -> None:
    if only.runs:
        only.end(signal.SIGTERM)
    only.start()
    assert re.search(r'request_seconds_count\{endpoint="home\.\w+",status="[23]', only.figures())


def test_every_child_that_is_killed_comes_back(stack: Stack) -> None:
    programs = {
        "PostgreSQL": "pginstall",
        "Valkey": "valkey-server",
        "web": "gunicorn",
        "dispatcher": "dispatcher",
    }
    for name, program in programs.items():
        stack.wait_for(partial(stack.has_child, program))
        stack.child(program).kill()
        stack.wait_for(lambda name=name: stack.said(f"{name} ended (status -9)"))  # type: ignore[misc]
    stack.wait_for(lambda: all(map(stack.has_child, programs.values())) and stack.answers())


def test_a_command_beside_it_finds_its_database(stack: Stack) -> None:
    outside = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}}
    verify = partial(
        subprocess.run,
        [sys.executable, "-m", "consultazione", "verify"],
        cwd=ROOT,
        env={**outside, **places_of(stack.place)},
        capture_output=True,
        text=True,
        check=False,
    )
    found = verify()
    assert found.returncode == 0, found.stderr
    assert found.stdout.startswith("0 streams, 0 entries: whole; ")
    stack.end(signal.SIGTERM)
    assert verify().returncode == 2


def test_another_key_is_refused_with_the_remedy(stack: Stack) -> None:
    stack.end(signal.SIGTERM)
    outside = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}}
    other = {**outside, **places_of(stack.place), "PORT": str(stack.port), "SECRET_KEY": "k" * 40}
    words = [sys.executable, "-m", "consultazione", "up"]
    refused = subprocess.run(
        words, cwd=ROOT, env=other, capture_output=True, text=True, check=False, timeout=60
    )
    assert refused.returncode == 2
    (line,) = refused.stderr.splitlines()
    assert "SECRET_KEY is not the key" in line
    assert "EARLIER_SECRET_KEYS" in line
    assert stack.left() == []


def test_killed_supervisor_is_followed_by_a_clean_start(stack: Stack) -> None:
    stack.end(signal.SIGKILL)
    former = stack.left()
    stack.start()
    assert stack.answers()
    assert not any(map(alive, former))


def test_each_role_gets_only_the_secrets_that_it_needs(only: Stack) -> None:
    if only.runs:
        only.end(signal.SIGTERM)
    kept = Path(places_of(only.place)["SECRETS_DIR"]) / "secret_key"
    secret = kept.read_text()  # the database knows it, and takes no other
    only.start(SECRET_KEY=secret, EARLIER_SECRET_KEYS="e" * 32)
    given = {
        name: psutil.Process(only.child(program).pid).environ()
        for name, program in {
            "web": "gunicorn",
            "dispatcher": "consultazione dispatcher",
            "worker": "consultazione worker",
        }.items()
    }
    assert given["web"]["SECRET_KEY"] == secret
    for name, environment in given.items():
        assert secret not in environment.values() or name == "web"
        assert "e" * 32 not in environment.values() or name == "web"
        assert "consultazione_owner" not in str(environment)
        assert f"unix://{name}:" in environment["REDIS_URL"]
    passwords = {environment["REDIS_URL"] for environment in given.values()}
    assert len(passwords) == len(given)
    for log in only.place.glob("*.log"):
        assert not [url for url in passwords if url.split(":")[2].split("@")[0] in log.read_text()]
    only.end(signal.SIGTERM)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_stops_everything(stack: Stack, number: signal.Signals) -> None:
    assert stack.left()
    assert stack.end(number) == 0
    assert stack.left() == []
    assert stack.said("Everything is stopped.")
