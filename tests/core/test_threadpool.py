"""Offloaded work: its result and its errors come back, and come back only once."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from consultazione.app import create_app
from consultazione.config import Settings
from consultazione.core import threadpool
from consultazione.core.db import Database
from consultazione.core.threadpool import Lane, QueueFull, offload
from consultazione.web import gevent_threads

_PROGRAM = """
from gevent import monkey
monkey.patch_all()
from consultazione.core.threadpool import offload
from consultazione.web import gevent_threads

def breaks():
    raise ValueError("seen by the caller")

gevent_threads.install()
main = monkey.get_original("threading", "get_ident")
assert offload(main) != main(), "it ran in the thread of the loop"
assert offload(sum, [1, 2]) == 3
try:
    offload(breaks)
except ValueError as error:
    print(error)
"""

# The hub's threads are all held by something else; those of a lane are not, and stand back.
_LANE = """
from gevent import monkey
monkey.patch_all()
import os
import gevent
from gevent.monkey import get_original
from consultazione.core.threadpool import Lane, QueueFull, offload
from consultazione.web import gevent_threads

gevent_threads.install()
held = get_original("_thread", "allocate_lock")()
held.acquire()

def hold():
    with held:
        pass

hub = [gevent.spawn(offload, hold) for _ in range(gevent.get_hub().threadpool.maxsize)]
gevent.sleep(0)

def nice():
    return os.getpriority(os.PRIO_PROCESS, 0)

def breaks():
    raise ValueError("seen by the caller")

lane, own = Lane(1, 0), nice()
with gevent.Timeout(20), lane.turn() as run:
    assert (run(nice), nice()) == (max(own, 5), own)
    try:
        run(breaks)
    except ValueError as error:
        print(error)
    try:
        with lane.turn():
            print("nobody was told to come back")
    except QueueFull:
        print("full")
with lane.turn():
    print("free again")
held.release()
gevent.joinall(hub)
"""


@pytest.fixture
def restored() -> Iterator[None]:
    yield
    threadpool.install(threadpool.run_here)


def test_an_error_reaches_the_caller_and_no_log() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.stdout == "seen by the caller\n"


def test_a_lane_goes_on_while_all_other_threads_are_held() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LANE], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stderr == ""
    assert done.stdout == "seen by the caller\nfull\nfree again\n"


def test_so_many_run_in_a_lane_at_once_the_rest_wait_in_order_or_are_told() -> None:
    lane, release, inside = Lane(2, 1), threading.Event(), []

    def work(number: int) -> int:
        inside.append(number)
        release.wait(10)
        return number

    def act(number: int) -> Any:
        with lane.turn() as run:
            return run(work, number)

    with ThreadPoolExecutor(3) as pool:
        acts = [pool.submit(act, number) for number in range(3)]
        while lane._count < 3 or len(inside) < 2:
            threading.Event().wait(0.001)
        assert len(inside) == 2
        with pytest.raises(QueueFull), lane.turn():
            pass
        release.set()
        assert [one.result(10) for one in acts] == [0, 1, 2]
    with lane.turn() as run:
        assert run(sum, [1, 2]) == 3


def test_an_application_under_gevent_installs_the_runner(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, database: Database
) -> None:
    installed: list[object] = []
    monkeypatch.setattr(threadpool, "install", lambda *runners: installed.extend(runners))
    create_app(settings, database)
    assert installed == []
    monkeypatch.setattr(gevent_threads, "is_module_patched", lambda _name: True)
    create_app(settings, database)
    assert installed == [gevent_threads.run_in_hub, gevent_threads.own_threads]


def test_without_a_runner_it_runs_in_this_thread() -> None:
    assert offload(threading.get_ident) == threading.get_ident()


def test_a_runner_that_was_installed_does_the_work(restored: None) -> None:
    threadpool.install(lambda function, args: ("elsewhere", function(*args)))
    assert offload(sum, [1, 2]) == ("elsewhere", 3)
