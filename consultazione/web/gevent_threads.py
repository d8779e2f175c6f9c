"""The runner of `core.threadpool` under gevent: the hub's own pool of threads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gevent import get_hub
from gevent.monkey import is_module_patched

from consultazione.core import threadpool


def install() -> None:
    """Offload work to the hub's threads, if gevent runs this process."""
    if is_module_patched("threading"):
        threadpool.install(run_in_hub)


def run_in_hub(function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    """Call a function in a thread of the hub's pool; the event loop goes on meanwhile.

    What it raises is raised here, and here only: the hub's threads would also write it to
    the log, each wrong password with a stack trace.
    """
    result, error = get_hub().threadpool.apply(_tried, (function, args))
    if error is not None:
        raise error
    return result


def _tried(function: Callable[..., Any], args: tuple[Any, ...]) -> tuple[Any, Exception | None]:
    try:
        return function(*args), None
    except Exception as error:
        return None, error
