"""Many browsers in a process of their own, which note when each entry arrives.

``python -m tests.bench.crowd`` reads one line of JSON: url, cookies, enter (the message
with which each comes in). It answers ``ready``; on the next line it answers the arrivals
as JSON: for each number of an entry, the moments on the system's monotonic clock.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from consultazione.config import ROOT
from tests.support.socketio_wire import Wire

Arrivals = dict[int, list[float]]


class Crowd:
    """The crowd's process as seen from the one that measures."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def arrivals(self) -> Arrivals:
        """When each number reached the browsers, so far."""
        found: dict[str, list[float]] = json.loads(self.ask("arrivals"))
        return {int(number): moments for number, moments in found.items()}

    def ask(self, line: str) -> str:
        """Write a line and wait for one."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline()


@contextmanager
def gathered(url: str, cookies: list[str], enter: dict[str, Any]) -> Iterator[Crowd]:
    """A crowd in which everybody has come in."""
    process = subprocess.Popen(
        [sys.executable, "-m", __name__],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        crowd = Crowd(process)
        answer = crowd.ask(json.dumps({"url": url, "cookies": cookies, "enter": enter}))
        assert answer == "ready\n", answer
        yield crowd
    finally:
        process.communicate()


def main() -> None:
    """Come in, listen, and tell when asked."""
    given = json.loads(sys.stdin.readline())
    arrivals: dict[int, list[float]] = defaultdict(list)

    def hear(event: str, payload: Any, at: float) -> None:
        if event == "entries":
            for entry in payload["entries"]:
                arrivals[entry["number"]].append(at)

    wires = [Wire(given["url"], cookie=cookie, on_event=hear) for cookie in given["cookies"]]
    for wire in wires:
        assert wire.call("enter", given["enter"], seconds=30)["ok"]
    print("ready", flush=True)
    for _line in sys.stdin:
        print(json.dumps(arrivals), flush=True)
    for wire in wires:
        wire.close()


if __name__ == "__main__":
    main()
