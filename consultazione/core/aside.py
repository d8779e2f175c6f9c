"""Work that keeps the processor busy, away from the event loop where one runs.

Under gevent a long computation stops every other request of its process; the hub's pool
of threads does it instead.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gevent import get_hub
from gevent.monkey import is_module_patched


def aside(function: Callable[..., Any], *args: Any) -> Any:
    """The function's result, computed in another thread where this one runs the loop."""
    if is_module_patched("threading"):
        return get_hub().threadpool.apply(function, args)
    return function(*args)
