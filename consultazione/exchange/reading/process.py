"""Has a file of interventions read by a process of its own, and takes what it found."""

from __future__ import annotations

from typing import BinaryIO

from consultazione.core.incoming.confined import Limits, ReaderStopped, answer_of
from consultazione.exchange.reading.drafts import Reading, from_json
from consultazione.exchange.reading.faults import Fault, FaultKind, UnreadableFile

_PROGRAM = "consultazione.exchange.reading.reader"
_ENVIRONMENT = {"OPENPYXL_LXML": "False"}


def read_file(ending: str, file: BinaryIO, limits: Limits | None = None) -> Reading:
    """What a file says, and which of its places are wrong.

    file: a real one, at whatever position. ending: xlsx, ods or csv. UnreadableFile if
    nothing can be read; ReadersBusy if no reader is free in time.
    """
    try:
        answer = answer_of(_PROGRAM, ending, file, limits or Limits(), _ENVIRONMENT)
    except ReaderStopped as stop:
        fault = FaultKind.TOO_LONG if stop.took_too_long else FaultKind.BROKEN
        raise UnreadableFile.because(fault) from stop
    return _reading(answer)


def _reading(answer: str) -> Reading:
    try:
        found = from_json(answer)
    except (ValueError, KeyError, ExceptionGroup) as error:
        raise UnreadableFile.because(FaultKind.BROKEN) from error
    if found.reading is None:
        raise UnreadableFile(found.fault or Fault(kind=FaultKind.BROKEN))
    return found.reading
