"""Has a file read by a program in a process of its own, under limits, a few at a time.

Files come from anybody, and the libraries that read them were not made for hostile ones. So
the program has no environment and no way to write but its answer. A file that makes a library
fail, or costs too much, ends that process and nothing else.
"""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from consultazione.core.errors import Refusal
from consultazione.core.sentences import LazySentence as _

_HOME = Path(__file__).parents[3]
# Nothing of ours: there are secrets in it.
_ENVIRONMENT = {"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2"}
_CLOCKS = (signal.SIGALRM, signal.SIGXCPU, signal.SIGKILL)
_AT_ONCE = threading.BoundedSemaphore(2)
_PATIENCE = 20.0


@dataclass(frozen=True)
class Limits:
    """What reading one file may cost.

    seconds: by the clock and of the processor; memory: bytes of address space; output: bytes.
    """

    seconds: int = 40
    memory: int = 1 << 29
    output: int = 40 * 1024 * 1024


class ReadersBusy(Refusal):
    """Too many files are being read at once; nothing was done."""

    code = "busy"
    status = 503
    retry_after = 10


class ReaderStopped(Exception):
    """The program ended without an answer. took_too_long: because its time was over."""

    def __init__(self, *, took_too_long: bool) -> None:
        super().__init__("too long" if took_too_long else "failed")
        self.took_too_long = took_too_long


def answer_of(
    program: str,
    ending: str,
    file: BinaryIO,
    limits: Limits,
    environment: Mapping[str, str] | None = None,
) -> str:
    """The text that a program writes of a file; otherwise as `bytes_of`."""
    return bytes_of(program, ending, file, limits, environment).decode("utf-8", "replace")


def bytes_of(
    program: str,
    ending: str,
    file: BinaryIO,
    limits: Limits,
    environment: Mapping[str, str] | None = None,
) -> bytes:
    """What a program writes of a file.

    program: the module that is run; it gets the file's ending and the limits as arguments, and
    keeps within these (`keep_within`). file: a real one, at whatever position. environment:
    settings of libraries. ReaderStopped without an answer; ReadersBusy if no turn comes in
    time.
    """
    file.seek(0)
    with _turn(), TemporaryFile() as answer:
        given = [program, ending, json.dumps(asdict(limits))]
        status = _run(given, file, answer, limits.seconds, environment or {})
        if status:
            raise ReaderStopped(took_too_long=-status in _CLOCKS)
        answer.seek(0)
        return answer.read()


def keep_within(limits: Limits) -> None:
    """Put this process under limits; called by the program before it reads anything."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.output, limits.output))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds)


def _run(
    given: list[str],
    file: BinaryIO,
    answer: BinaryIO,
    seconds: int,
    environment: Mapping[str, str],
) -> int:
    process = subprocess.Popen(
        [sys.executable, "-E", "-s", "-m", *given],
        stdin=file.fileno(),
        stdout=answer.fileno(),
        stderr=subprocess.DEVNULL,
        env={**_ENVIRONMENT, **environment},
        cwd=_HOME,
        start_new_session=True,
    )
    try:
        return process.wait(seconds + 5)
    except subprocess.TimeoutExpired:
        return -signal.SIGALRM
    finally:  # also when a greenlet is killed
        process.kill()
        process.wait()


@contextmanager
def _turn() -> Iterator[None]:
    if not _AT_ONCE.acquire(timeout=_PATIENCE):
        raise ReadersBusy(_("Many files are being read at the moment: try again in a moment."))
    try:
        yield
    finally:
        _AT_ONCE.release()
