"""Has a document read by a process of its own, and takes what it found."""

from __future__ import annotations

from typing import BinaryIO

from consultazione.core.incoming.confined import Limits, ReaderStopped, answer_of
from consultazione.plan.importing.reading.found import (
    Fault,
    FaultKind,
    Reading,
    UnreadableDocument,
    from_json,
)

_PROGRAM = "consultazione.plan.importing.reading.reader"


def read_document(ending: str, file: BinaryIO, limits: Limits | None = None) -> Reading:
    """What a document would become, and what of it would not.

    file: a real one, at whatever position. ending: docx or odt. UnreadableDocument if nothing
    can be read; ReadersBusy if no reader is free in time.
    """
    try:
        found = from_json(answer_of(_PROGRAM, ending, file, limits or Limits()))
    except ReaderStopped as stop:
        kind = FaultKind.TOO_LONG if stop.took_too_long else FaultKind.BROKEN
        raise UnreadableDocument(Fault(kind=kind)) from stop
    except (ValueError, KeyError, ExceptionGroup) as error:
        raise UnreadableDocument(Fault(kind=FaultKind.BROKEN)) from error
    if found.reading is None:
        raise UnreadableDocument(found.fault or Fault(kind=FaultKind.BROKEN))
    return found.reading
