"""Work that keeps the processor busy, handed to other threads where there is an event loop.

Under an event loop a long computation stops every other request of its process. Which loop
that is, and whether there is one, is known at the edge: it installs a runner.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Runner = Callable[[Callable[..., Any], tuple[Any, ...]], Any]


def run_here(function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    """The runner of a process without an event loop: a plain call."""
    return function(*args)


_runner: Runner = run_here


def install(runner: Runner) -> None:
    """Have this process offload its work with a runner from now on.

    runner: given a function and its arguments, returns what the function returns and raises
    what it raises, in the caller's thread.
    """
    global _runner
    _runner = runner


def offload(function: Callable[..., Any], *args: Any) -> Any:
    """The function's result, computed in another thread where this one runs an event loop.

    What the function raises is raised here.
    """
    return _runner(function, args)
