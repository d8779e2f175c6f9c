"""A sitting with its participants connected, and the same crowd in a bare room."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psutil

from consultazione.core.actor import Actor
from consultazione.embedded.valkey import Valkey
from consultazione.sittings.models import Sitting
from tests.bench import people
from tests.bench.bare.server import serving
from tests.bench.hall import Hall, opened
from tests.bench.measure import directory, percentile
from tests.support.factories import Factory
from tests.support.stack import Stack, running_stack


@dataclass
class Assembly:
    """The product with an open sitting, its facilitator, and a hall of signed-in browsers."""

    stack: Stack
    make: Factory
    sitting: Sitting
    chair: Actor
    crowd: list[Actor]
    cookies: list[str]
    hall: Hall

    @property
    def room(self) -> dict[str, Any]:
        """The message that names the sitting."""
        return {"sitting": self.sitting.id}

    def connect(self) -> dict[str, float]:
        """Let every browser open its connection."""
        return _connected(self.hall.order("connect", url=self.stack.url, cookies=self.cookies))


@contextmanager
def assembly(size: int) -> Iterator[Assembly]:
    """The product and so many browsers that are signed in and not yet connected."""
    with running_stack(demo=False) as stack, opened() as hall:
        make = Factory(stack.database())
        sitting = make.sitting()
        chair = make.presided(sitting)
        crowd = people.actors(make, size)
        yield Assembly(stack, make, sitting, chair, crowd, people.cookies(stack, crowd), hall)


@dataclass
class Bare:
    """A bare Flask-SocketIO application, and a hall of browsers."""

    url: str
    redis_url: str
    hall: Hall
    size: int

    def connect(self) -> dict[str, float]:
        """Let every browser open its connection."""
        return _connected(self.hall.order("connect", url=self.url, cookies=[""] * self.size))

    def process(self) -> psutil.Process:
        """The process that serves it."""
        return _server(psutil.Process())


@contextmanager
def bare(size: int) -> Iterator[Bare]:
    """The bare application and so many browsers, not yet connected."""
    with (
        directory("room-") as place,
        Valkey(place / "valkey") as valkey,
        serving("room", REDIS=valkey.url) as url,
        opened() as hall,
    ):
        yield Bare(url, valkey.url, hall, size)


def web_process(stack: Stack) -> psutil.Process:
    """The product's process that holds the connections."""
    return _largest(stack.parts()["web"])


def _server(parent: psutil.Process) -> psutil.Process:
    servers = [p for p in parent.children(recursive=True) if "tests.bench.bare" in _words(p)]
    return max(servers, key=lambda p: p.memory_info().rss)


def _largest(master: psutil.Process) -> psutil.Process:
    return max([master, *master.children()], key=lambda p: p.memory_info().rss)


def _words(process: psutil.Process) -> str:
    return json.dumps(process.cmdline())


def _connected(answer: dict[str, float]) -> dict[str, float]:
    """How long it took until all were connected, and how many tries failed."""
    return {"connect s": round(answer["seconds"], 3), "failed": answer["failed"]}


def waits(said: dict[str, Any]) -> dict[str, float]:
    """How long it took until all were answered, and each; how many were told to wait or no."""
    found = said["waits"]
    return {
        "s for all": round(said["seconds"], 3),
        "p50 s": round(percentile(found, 50), 3),
        "p99 s": round(percentile(found, 99), 3),
        "busy": said["busy"],
        "refused": sum(said["refused"].values()),
    }
