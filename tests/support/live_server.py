"""A web process with one of the live engines, and listeners to a room of it."""

from __future__ import annotations

import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from consultazione.config import ROOT, child_environment
from tests.support.keys import SECRETS
from tests.support.socketio_wire import Wire
from tests.support.stack import free_port, places_of
from tests.support.waiting import settles

# A public stream that no entry is ever written to.
ROOM = "plan:424242"


@dataclass
class WebProcess:
    """A running `consultazione web`; what it printed is in `output`."""

    url: str
    process: subprocess.Popen[bytes]
    output: Path

    def is_healthy(self) -> bool:
        """Whether it answers: it listens for a while before it does."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=30) as answer:
                return bool(answer.status == HTTPStatus.OK)
        except OSError:
            return False

    def refused(self) -> int:
        """How many messages and packets it says that it has refused."""
        with urllib.request.urlopen(f"{self.url}/metrics") as answer:
            figures = answer.read().decode()
        pattern = r"^consultazione_messages_refused_total{.*} (\S+)$"
        return int(sum(map(float, re.findall(pattern, figures, re.MULTILINE))))

    def stop(self) -> int:
        """Ask it to end, and wait; its exit status."""
        self.process.terminate()
        return self.process.wait(30)


@contextmanager
def web_process(
    engine: str, *, database_url: str, redis_url: str, place: Path
) -> Iterator[WebProcess]:
    """Run a web process with the engine of that name over running servers."""
    port = free_port()
    environment = child_environment(
        DATABASE_URL=database_url.replace("postgresql+psycopg", "postgresql"),
        REDIS_URL=redis_url,
        **{**places_of(place / "data"), "SECRETS_DIR": str(SECRETS)},
        PORT=str(port),
        LIVE_FANOUT=engine,
    )
    words = [sys.executable, "-m", "consultazione", "web"]
    output = place / f"web-{port}.txt"
    with output.open("wb") as printed:
        process = subprocess.Popen(
            words, cwd=ROOT, env=environment, stdout=printed, stderr=subprocess.STDOUT
        )
    try:
        web = WebProcess(f"http://127.0.0.1:{port}", process, output)
        assert settles(web.is_healthy, within=60), output.read_text()
        yield web
    finally:
        process.terminate()
        process.wait(30)


class Listener:
    """A browser that follows a room and keeps what it hears of it, in order."""

    def __init__(self, url: str, room: str = ROOM) -> None:
        self.heard: list[tuple[str, Any]] = []
        self.resumed = 0
        self.wire = Wire(url, on_event=self._hear)
        assert self.wire.call("follow", {"stream": room})["ok"]

    def _hear(self, event: str, payload: Any, _at: float) -> None:
        if event == "resume":
            self.resumed += 1
        else:
            self.heard.append((event, payload))
