"""The whole product as other processes: ``consultazione up`` over a directory of its own.

For what cannot be seen inside one process: benchmarks, kills, browsers. As a pytest
fixture: ``with running_stack(demo=True) as stack``; `stack.url` is the address.
"""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from sqlalchemy import NullPool, create_engine
from sqlalchemy.orm import Session

from consultazione.config import ROOT
from consultazione.core.db import Database
from consultazione.core.text_keys import TextKeys
from consultazione.embedded.postgres import Postgres
from consultazione.embedded.process import alive
from consultazione.keys.run_directory import RunDirectory
from tests.support.waiting import settles

# What stands in the command line of the supervisor's child for each part.
PARTS = {
    "web": "gunicorn",
    "dispatcher": "consultazione dispatcher",
    "worker": "consultazione worker",
    "postgres": "pginstall",
    "valkey": "valkey-server",
}
# Runs a program with some settings, and returns what it said.
Command = Callable[..., "subprocess.CompletedProcess[str]"]
READY_SECONDS = 120.0
STOP_SECONDS = 40.0


class StackFailed(AssertionError):
    """The stack did not do what was asked; the message is what it printed."""


class Stack:
    """One ``consultazione up``: started, asked, hurt and stopped from outside."""

    def __init__(self, place: Path, *, demo: bool, settings: dict[str, str] | None = None) -> None:
        self.place = place
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.output = place / "up.txt"
        self._demo = demo
        self._settings = settings or {}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def secrets_dir(self) -> Path:
        """Where the stack keeps its lasting keys."""
        return Path(places_of(self.place)["SECRETS_DIR"])

    @property
    def run_dir(self) -> Path:
        """Where the stack keeps the keys of open secret polls."""
        return Path(places_of(self.place)["RUN_DIR"])

    @property
    def database_url(self) -> str:
        """The address of the stack's PostgreSQL, as its roles get it."""
        return Postgres(self.place / "postgres").url

    @property
    def redis_url(self) -> str:
        """The address of the stack's Valkey, as its dispatcher got it."""
        return self.parts()["dispatcher"].environ()["REDIS_URL"]

    @property
    def environment(self) -> dict[str, str]:
        """The environment for a process that works on the stack's data, such as ``verify``."""
        addresses = {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url}
        return {**self._environment(), **addresses}

    def database(self) -> Database:
        """The stack's database; its connections end with each use, as servers are killed here."""
        writing = create_engine(self.database_url, poolclass=NullPool)
        reading = writing.execution_options(isolation_level="REPEATABLE READ")
        return Database(
            text_keys=TextKeys(self.secrets_dir),
            write=lambda: Session(writing, expire_on_commit=False),
            read=lambda: Session(reading, expire_on_commit=False),
            keys=RunDirectory(self.run_dir),
        )

    def start(self) -> None:
        """Start and wait for ``Ready``, when every part says that it works."""
        words = [sys.executable, "-m", "consultazione", "up", *(["--demo"] if self._demo else [])]
        if setpriv := shutil.which("setpriv"):  # ended with the tests, however these end
            words = [setpriv, "--pdeathsig=INT", "--", *words]
        with self.output.open("wb") as output:
            self._process = subprocess.Popen(
                words, cwd=ROOT, env=self._environment(), stdout=output, stderr=subprocess.STDOUT
            )
        settles(lambda: "Ready: " in self.said() or not self.runs(), within=READY_SECONDS)
        if not self.runs() or "Ready: " not in self.said():
            raise StackFailed(self.said())

    def stop(self) -> None:
        """Stop as Ctrl-C does; idempotent."""
        if self._process is not None and self.runs():
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()  # its children end with it
                raise
        self._process = None

    def runs(self) -> bool:
        """True while the supervisor lives."""
        return self._process is not None and self._process.poll() is None

    def said(self) -> str:
        """What the present ``up`` has printed so far."""
        return self.output.read_text()

    def parts(self) -> dict[str, psutil.Process]:
        """The supervisor's living children by the names in PARTS."""
        assert self._process is not None
        children = psutil.Process(self._process.pid).children()
        return {name: child for child in children if (name := _part(child)) is not None}

    def kill(self, name: str) -> None:
        """SIGKILL to a part, with all that it has forked, as if the machine took it away."""
        part = self.parts()[name]
        victims = [part] if name == "postgres" else [part, *part.children(recursive=True)]
        for victim in victims:
            victim.kill()
        settles(lambda: not alive(part), within=10)

    def wait_ready(self, *, seconds: float = 60.0) -> None:
        """Wait until all parts run and ``/readyz`` says so; StackFailed if they do not."""
        if not settles(
            lambda: self.parts().keys() == PARTS.keys() and self.is_ready(), within=seconds
        ):
            raise StackFailed(self.said())

    def is_ready(self) -> bool:
        """What ``/readyz`` answers; False while nothing does."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == http.client.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def run(self, *words: str, fed: str = "") -> subprocess.CompletedProcess[str]:
        """Run one command of the product on the stack's data. fed: what it reads."""
        command = [sys.executable, "-m", "consultazione", *words]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False,
            input=fed,
        )  # fmt: skip

    def _environment(self) -> dict[str, str]:
        outside = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}}
        own = {**places_of(self.place), "PORT": str(self.port)}
        return {**outside, **own, **self._settings}


@contextmanager
def running_stack(*, demo: bool = True, settings: dict[str, str] | None = None) -> Iterator[Stack]:
    """A stack in a directory of its own that is ready; stopped and removed at the end."""
    place = Path(tempfile.mkdtemp(prefix="stack-"))
    place.chmod(0o755)
    stack = Stack(place, demo=demo, settings=settings)
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()
        shutil.rmtree(place)


def places_of(data: Path) -> dict[str, str]:
    """The settings that keep data and keys in one directory of the test, which removes it."""
    own = {"SECRETS_DIR": data / "keys" / "lasting", "RUN_DIR": data / "keys" / "of-polls"}
    return {"DATA_DIR": str(data), **{name: str(path) for name, path in own.items()}}


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    """Whether something listens on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _part(process: psutil.Process) -> str | None:
    if not alive(process):
        return None
    words = " ".join(process.cmdline())
    return next((name for name, marker in PARTS.items() if marker in words), None)
