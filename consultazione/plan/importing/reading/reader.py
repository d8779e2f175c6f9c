"""The program that reads one document, in a process of its own under limits.

The file is its standard input, what it found its standard output, as JSON.
"""

from __future__ import annotations

import json
import os
import sys
import zipfile
from collections.abc import Callable
from typing import BinaryIO

from defusedxml import DefusedXmlException

from consultazione.core.incoming.archives import UnfitArchive, open_archive
from consultazione.core.incoming.confined import Limits, keep_within
from consultazione.plan.importing.reading import odt, word
from consultazione.plan.importing.reading.found import (
    Answer,
    Fault,
    FaultKind,
    UnreadableDocument,
    to_json,
)
from consultazione.plan.importing.reading.gathering import Gatherer

_READERS: dict[str, Callable[[zipfile.ZipFile, Gatherer], None]] = {
    "docx": word.read,
    "odt": odt.read,
}


def main(ending: str, limits: Limits) -> None:
    """Read the standard input as a document with that ending, and write what came of it."""
    keep_within(limits)
    with os.fdopen(0, "rb") as file, os.fdopen(1, "w", encoding="utf-8") as answer:
        answer.write(to_json(answer_of(ending, file)))


def answer_of(ending: str, file: BinaryIO) -> Answer:
    """What comes of a document, whatever it makes a library do."""
    gatherer = Gatherer()
    try:
        _READERS[ending](open_archive(file), gatherer)
        return Answer(reading=gatherer.reading())
    except UnreadableDocument as error:
        return Answer(fault=error.fault)
    except Exception as error:  # a library, of a file that was made to break it
        return Answer(fault=Fault(kind=_fault_of(error)))


def _fault_of(error: Exception) -> FaultKind:
    if isinstance(error, UnfitArchive):
        return FaultKind(error.fault.value)
    if isinstance(error, DefusedXmlException):
        return FaultKind.ENTITIES
    return FaultKind.BOMB if isinstance(error, MemoryError) else FaultKind.BROKEN


if __name__ == "__main__":
    main(sys.argv[1], Limits(**json.loads(sys.argv[2])))
