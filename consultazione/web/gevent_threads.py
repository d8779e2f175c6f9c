"""The runners of `core.threadpool` under gevent: the hub's own pool of threads, and small ones."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from gevent import get_hub
from gevent.monkey import is_module_patched
from gevent.threadpool import ThreadPool

from consultazione.core import threadpool

# A thread of a lane gives way to the event loop, the database and other processes.
_NICE = 5


def install() -> None:
    """Offload work to the hub's threads, if gevent runs this process."""
    if is_module_patched("threading"):
        threadpool.install(run_in_hub, own_threads)


def run_in_hub(function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    """Call a function in a thread of the hub's pool; the event loop goes on meanwhile.

    What it raises is raised here, and here only: the hub's threads would also write it to
    the log, each wrong password with a stack trace.
    """
    return _answer(get_hub().threadpool.apply(_tried, (function, args)))


def own_threads(threads: int) -> threadpool.Runner:
    """A runner with so many threads of its own, of a lower priority than the rest."""
    return partial(_run_in, ThreadPool(threads))


def _run_in(pool: ThreadPool, function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    return _answer(pool.apply(_stood_back, (function, args)))


def _answer(tried: tuple[Any, Exception | None]) -> Any:
    result, error = tried
    if error is not None:
        raise error
    return result


def _tried(function: Callable[..., Any], args: tuple[Any, ...]) -> tuple[Any, Exception | None]:
    try:
        return function(*args), None
    except Exception as error:
        return None, error


def _stood_back(
    function: Callable[..., Any], args: tuple[Any, ...]
) -> tuple[Any, Exception | None]:
    """The same, after lowering this thread's priority; elsewhere than on Linux it is the process's.

    0 is the calling thread, and its priority is set, not lowered further each time.
    """
    if sys.platform == "linux" and os.getpriority(os.PRIO_PROCESS, 0) < _NICE:
        os.setpriority(os.PRIO_PROCESS, 0, _NICE)
    return _tried(function, args)
