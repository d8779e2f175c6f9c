"""A process's few typesetters: so many documents at once, so many that wait, and no more."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from consultazione.documents.errors import TOO_MANY, TypesetterBusy
from consultazione.documents.frames import Asked, Limits
from consultazione.documents.typesetter import Typesetter

AT_ONCE = 2
WAITING = 8
# A reader waits no longer for a turn than for a document.
PATIENCE = 20.0


class Typesetters:
    """Shares typesetters among the threads or greenlets of a process."""

    def __init__(self, limits: Limits | None = None, *, at_once: int = AT_ONCE) -> None:
        self._limits = limits or Limits()
        self._turns = threading.BoundedSemaphore(at_once)
        self._places = threading.BoundedSemaphore(at_once + WAITING)
        self._idle: list[Typesetter] = []

    def set(self, asked: Asked) -> bytes:
        """The PDF; CannotTypeset, or TypesetterBusy if there is no turn in time."""
        with _taken(self._places, 0), _taken(self._turns, PATIENCE):
            typesetter = self._idle.pop() if self._idle else Typesetter(self._limits)
            try:
                return typesetter.set(asked)
            finally:
                self._idle.append(typesetter)

    def close(self) -> None:
        """End the processes that are idle."""
        while self._idle:
            self._idle.pop().close()


def typeset(asked: Asked) -> bytes:
    """The PDF, by this process's typesetters; CannotTypeset, or TypesetterBusy."""
    return _of_process(os.getpid()).set(asked)


def close() -> None:
    """End this process's typesetters; the next document starts one again."""
    _of_process(os.getpid()).close()


@cache
def _of_process(_pid: int) -> Typesetters:
    """A forked process has typesetters of its own, and leaves those of its parent alone."""
    return Typesetters()


@contextmanager
def _taken(places: threading.BoundedSemaphore, patience: float) -> Iterator[None]:
    if not places.acquire(blocking=patience > 0, timeout=patience or None):
        raise TypesetterBusy(TOO_MANY)
    try:
        yield
    finally:
        places.release()
