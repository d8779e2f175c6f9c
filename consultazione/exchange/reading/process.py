"""Has a file read by a process of its own, a few at a time, and takes what it found."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Refusal
from consultazione.exchange.reading.drafts import Reading, from_json
from consultazione.exchange.reading.faults import Fault, FaultKind, UnreadableFile
from consultazione.exchange.reading.limits import Limits

_PROGRAM = "consultazione.exchange.reading.reader"
_HOME = Path(__file__).parents[3]
# Nothing of ours: there are secrets in it.
_ENVIRONMENT = {"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2", "OPENPYXL_LXML": "False"}
_CLOCKS = (signal.SIGALRM, signal.SIGXCPU, signal.SIGKILL)
_AT_ONCE = threading.BoundedSemaphore(2)
_PATIENCE = 20.0


class ReadersBusy(Refusal):
    """Too many files are being read at once; nothing was done."""

    code = "busy"
    status = 503
    retry_after = 10


def read_file(ending: str, file: BinaryIO, limits: Limits | None = None) -> Reading:
    """What a file says, and which of its places are wrong.

    file: a real one, at whatever position. ending: xlsx, ods or csv. UnreadableFile if
    nothing can be read; ReadersBusy if no reader is free in time.
    """
    file.seek(0)
    with _turn(), TemporaryFile() as answer:
        status = _run(ending, file, answer, limits or Limits())
        answer.seek(0)
        return _reading(status, answer)


def _run(ending: str, file: BinaryIO, answer: BinaryIO, limits: Limits) -> int:
    process = subprocess.Popen(
        [sys.executable, "-E", "-s", "-m", _PROGRAM, ending, json.dumps(asdict(limits))],
        stdin=file.fileno(),
        stdout=answer.fileno(),
        stderr=subprocess.DEVNULL,
        env=_ENVIRONMENT,
        cwd=_HOME,
        start_new_session=True,
    )
    try:
        return process.wait(limits.seconds + 5)
    except subprocess.TimeoutExpired:
        return -signal.SIGALRM
    finally:  # also when a greenlet is killed
        process.kill()
        process.wait()


def _reading(status: int, answer: BinaryIO) -> Reading:
    if status:
        took_too_long = -status in _CLOCKS
        raise UnreadableFile.because(FaultKind.TOO_LONG if took_too_long else FaultKind.BROKEN)
    try:
        found = from_json(answer.read().decode())
    except (ValueError, KeyError, ExceptionGroup) as error:
        raise UnreadableFile.because(FaultKind.BROKEN) from error
    if found.reading is None:
        raise UnreadableFile(found.fault or Fault(kind=FaultKind.BROKEN))
    return found.reading


@contextmanager
def _turn() -> Iterator[None]:
    if not _AT_ONCE.acquire(timeout=_PATIENCE):
        raise ReadersBusy(_("Many files are being read at the moment: try again in a moment."))
    try:
        yield
    finally:
        _AT_ONCE.release()
