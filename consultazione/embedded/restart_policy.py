"""Keeps a child running: restarts it when it dies, after longer pauses if it dies young."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from typing import Protocol

from consultazione.embedded.errors import CannotStart

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 10.0
GROWN_UP_SECONDS = 30.0


class Child(Protocol):
    """What can be restarted: a server or a role."""

    process: subprocess.Popen[bytes] | None

    def start(self) -> None: ...

    def stop(self) -> None: ...


class RestartPolicy:
    """Watches one child and restarts it; `say` prints to the terminal."""

    def __init__(self, name: str, child: Child, say: Callable[[str], None]) -> None:
        self.name = name
        self.child = child
        self._say = say
        self._pause = FIRST_PAUSE
        self._started_at = time.monotonic()
        self._due_at: float | None = None

    def tend(self) -> None:
        """Notice that the child has died, and restart it when its pause is over."""
        if self._due_at is None:
            self._notice_death()
        elif time.monotonic() >= self._due_at:
            self._restart()

    def _notice_death(self) -> None:
        process = self.child.process
        if process is None or process.poll() is None:
            return
        now = time.monotonic()
        if now - self._started_at > GROWN_UP_SECONDS:
            self._pause = FIRST_PAUSE
        self._say(f"{self.name} ended (status {process.returncode}); it is started again.")
        self._due_at = now + self._pause
        self._pause = min(self._pause * 2, LONGEST_PAUSE)

    def _restart(self) -> None:
        self._started_at = time.monotonic()
        self._due_at = None
        try:
            self.child.start()
        except CannotStart as reason:
            self._say(str(reason))
            self._due_at = self._started_at + self._pause
            self._pause = min(self._pause * 2, LONGEST_PAUSE)
