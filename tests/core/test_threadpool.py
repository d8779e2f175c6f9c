"""Offloaded work: its result and its errors come back, and come back only once."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from consultazione.app import create_app
from consultazione.config import Settings
from consultazione.core import threadpool
from consultazione.core.db import Database
from consultazione.core.threadpool import offload
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


def test_an_application_under_gevent_installs_the_runner(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, database: Database
) -> None:
    installed: list[object] = []
    monkeypatch.setattr(threadpool, "install", installed.append)
    create_app(settings, database)
    assert installed == []
    monkeypatch.setattr(gevent_threads, "is_module_patched", lambda _name: True)
    create_app(settings, database)
    assert installed == [gevent_threads.run_in_hub]


def test_without_a_runner_it_runs_in_this_thread() -> None:
    assert offload(threading.get_ident) == threading.get_ident()


def test_a_runner_that_was_installed_does_the_work(restored: None) -> None:
    threadpool.install(lambda function, args: ("elsewhere", function(*args)))
    assert offload(sum, [1, 2]) == ("elsewhere", 3)
