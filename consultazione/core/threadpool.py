"""Work that keeps the processor busy, handed to other threads where there is an event loop.

Under an event loop a long computation stops every other request of its process. Which loop
that is, and whether there is one, is known at the edge: it installs a runner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import Any

from consultazione.core.errors import Refusal
from consultazione.core.sentences import LazySentence as _

Runner = Callable[[Callable[..., Any], tuple[Any, ...]], Any]


class QueueFull(Refusal):
    """More wait for a lane already than it can serve in good time; nothing was done."""

    code = "busy"
    status = 503
    retry_after = 10


_TOO_MANY = _("Very many are doing this right now. Try again in a few seconds.")


def run_here(function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    """The runner of a process without an event loop: a plain call."""
    return function(*args)


def _no_threads(_threads: int) -> Runner:
    return run_here


_runner: Runner = run_here
_own_runner: Callable[[int], Runner] = _no_threads


def install(runner: Runner, own_runner: Callable[[int], Runner] = _no_threads) -> None:
    """Have this process offload its work with a runner from now on.

    runner: given a function and its arguments, returns what the function returns and raises
    what it raises, in the caller's thread. own_runner: makes a runner with so many threads of
    its own, which stand back behind the rest of the process.
    """
    global _runner, _own_runner
    _runner, _own_runner = runner, own_runner


def offload(function: Callable[..., Any], *args: Any) -> Any:
    """The function's result, computed in another thread where this one runs an event loop.

    What the function raises is raised here.
    """
    return _runner(function, args)


class Lane:
    """Threads for one kind of work alone, with a bounded queue: it and the rest stop nobody.

    threads: how many work at once. most_waiting: how many may wait beside those.
    """

    def __init__(self, threads: int, most_waiting: int) -> None:
        self._threads = threads
        self._slots = BoundedSemaphore(threads)
        self._most = threads + most_waiting
        self._count = 0
        self._lock = Lock()
        self._made: tuple[Callable[[int], Runner], Runner] | None = None

    @contextmanager
    def turn(self) -> Iterator[Callable[..., Any]]:
        """Wait for a thread and hold it; yields what runs a function with arguments there.

        QueueFull at once if too many wait. The caller must hold nothing that others wait for.
        """
        self._enter()
        try:
            with self._slots:
                yield self._run
        finally:
            self._leave()

    def _run(self, function: Callable[..., Any], *args: Any) -> Any:
        if self._made is None or self._made[0] is not _own_runner:
            self._made = _own_runner, _own_runner(self._threads)
        return self._made[1](function, args)

    def _enter(self) -> None:
        with self._lock:
            if self._count >= self._most:
                raise QueueFull(_TOO_MANY)
            self._count += 1

    def _leave(self) -> None:
        with self._lock:
            self._count -= 1
