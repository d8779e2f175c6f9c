"""The other side of `setter.py`: starts the process that sets documents, and ends it.

Over a pair of sockets rather than pipes: their time-outs hold in any process, and under gevent
only the greenlet that waits is stopped, without a thread.
"""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from dataclasses import asdict

from consultazione.config import ROOT
from consultazione.documents.errors import CannotTypeset, Cause
from consultazione.documents.frames import LENGTHS, Answer, Asked, Limits, send

FONTS = ROOT / "static" / "vendor" / "fonts" / "titillium-web"
_MOST_HEAD = 10_000
_CLOCKS = (signal.SIGALRM, signal.SIGXCPU)
# It ended, or what it says is not what was agreed.
_BROKEN = (OSError, EOFError, ValueError, TypeError, KeyError)
_PROGRAM = "consultazione.documents.setter"
# Nothing of the environment: there are secrets in it. Threads and arenas of malloc cost
# address space, which is limited.
_ENVIRONMENT = {"LANG": "C.UTF-8", "RAYON_NUM_THREADS": "2", "MALLOC_ARENA_MAX": "2"}


class Typesetter:
    """One process that sets documents, one after the other; started when the first comes."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._used = 0

    def set(self, asked: Asked) -> bytes:
        """The PDF; CannotTypeset if there is none, whatever the process did.

        A process that has set others before may have worn out: a fresh one has another try.
        """
        worn = self._used > 0
        try:
            return self._set(asked)
        except CannotTypeset as failure:
            if not (worn and failure.cause is Cause.ENDED):
                raise
            return self._set(asked)

    def close(self) -> None:
        """End the process, if there is one."""
        process, channel = self._process, self._channel
        self._process = self._channel = None
        self._used = 0
        if channel is not None:
            channel.close()
        if process is not None:
            process.kill()
            process.wait()

    @property
    def pid(self) -> int | None:
        """The process's number; None while there is none."""
        return self._process.pid if self._process else None

    def _set(self, asked: Asked) -> bytes:
        done = False
        try:
            head, content = self._exchange(asked)
            done = not head["last"]
        except TimeoutError:
            raise CannotTypeset.because(Cause.TIME) from None
        except _BROKEN:
            raise CannotTypeset.because(self._cause_of_death()) from None
        finally:  # also when a job's time is over, or a greenlet is killed
            if not done:
                self.close()
        self._used += done
        return _content(head, content)

    def _cause_of_death(self) -> Cause:
        """Why the process is no more: its own clocks, or something that it could not bear."""
        if self._process is None:
            return Cause.ENDED
        self._process.kill()  # no effect on one that has ended
        return Cause.TIME if -self._process.wait() in _CLOCKS else Cause.ENDED

    def _exchange(self, asked: Asked) -> tuple[Answer, bytes]:
        channel = self._channel or self._start()
        until = time.monotonic() + self._limits.seconds
        channel.settimeout(self._limits.seconds)
        send(channel, asked)
        lengths = LENGTHS.unpack(_receive(channel, LENGTHS.size, until))
        if lengths[0] > _MOST_HEAD or lengths[1] > self._limits.output:
            raise EOFError
        return (
            json.loads(_receive(channel, lengths[0], until)),
            _receive(channel, lengths[1], until),
        )

    def _start(self) -> socket.socket:
        limits = json.dumps(asdict(self._limits))
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-E", "-s", "-m", _PROGRAM, str(FONTS), limits],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_ENVIRONMENT,
                cwd=ROOT,
                start_new_session=True,
            )
        self._channel = ours
        return ours


def _content(head: Answer, content: bytes) -> bytes:
    if "too_large" in head:
        raise CannotTypeset.because(Cause.SIZE)
    if "refused" in head:
        raise CannotTypeset.because(Cause.REFUSED, head["refused"])
    return content


def _receive(channel: socket.socket, count: int, until: float) -> bytes:
    """That many bytes; EOFError if the process ends first, TimeoutError at the moment `until`."""
    received = bytearray()
    while len(received) < count:
        channel.settimeout(max(0.001, until - time.monotonic()))
        part = channel.recv(min(count - len(received), 1 << 20))
        if not part:
            raise EOFError
        received += part
    return bytes(received)
