"""Work that keeps the processor busy, away from the event loop where one runs.

Under gevent a long computation stops every other request of its process; the hub's pool
of threads does it instead.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gevent import get_hub
from gevent.monkey import is_module_patched


def offload(function: Callable[..., Any], *args: Any) -> Any:
    """The function's result, computed in another thread where this one runs the loop.

    What it raises is raised here, and here only: the hub's own threads would also write it
    to the log, each wrong password with a stack trace.
    """
    if not is_module_patched("threading"):
        return function(*args)
    result, error = get_hub().threadpool.apply(_tried, (function, args))
    if error is not None:
        raise error
    return result


def _tried(function: Callable[..., Any], args: tuple[Any, ...]) -> tuple[Any, Exception | None]:
    try:
        return function(*args), None
    except Exception as error:
        return None, error
