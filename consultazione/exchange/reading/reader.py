"""The program that reads one file, in a process of its own under limits (`process.py`).

The file is its standard input, what it found its standard output, as JSON. A file that makes
a library fail, or costs too much, ends this process and nothing else.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import BinaryIO

from consultazione.core.incoming.confined import Limits, keep_within
from consultazione.exchange.reading import csv_text, ods, xlsx
from consultazione.exchange.reading.cells import Sheet
from consultazione.exchange.reading.drafts import Answer, to_json
from consultazione.exchange.reading.faults import Fault, FaultKind, UnreadableFile
from consultazione.exchange.reading.headings import key_of
from consultazione.exchange.reading.lines import read_lines

_SHEETS: dict[str, Callable[[BinaryIO], list[Sheet]]] = {
    "xlsx": xlsx.sheets_of,
    "ods": ods.sheets_of,
    "csv": csv_text.sheets_of,
}
# A workbook may have other sheets beside: notes, lists, a cover.
_NAMED = frozenset({"interventi", "programma", "quote"})


def main(ending: str, limits: Limits) -> None:
    """Read the standard input as a file with that ending, and write what came of it."""
    keep_within(limits)
    with os.fdopen(0, "rb") as file, os.fdopen(1, "w", encoding="utf-8") as answer:
        answer.write(to_json(answer_of(ending, file)))


def answer_of(ending: str, file: BinaryIO) -> Answer:
    """What comes of a file, whatever it makes a library do."""
    try:
        return Answer(reading=read_lines(_the_sheet(_SHEETS[ending](file))))
    except UnreadableFile as error:
        return Answer(fault=error.fault)
    except MemoryError:
        return Answer(fault=Fault(kind=FaultKind.BOMB))
    except Exception:  # a library, of a file that was made to break it
        return Answer(fault=Fault(kind=FaultKind.BROKEN))


def _the_sheet(sheets: list[Sheet]) -> Sheet:
    """The sheet with the lines: by its name, else the first."""
    if not sheets:
        raise UnreadableFile.because(FaultKind.EMPTY)
    return next((sheet for sheet in sheets if key_of(sheet.name) in _NAMED), sheets[0])


if __name__ == "__main__":
    main(sys.argv[1], Limits(**json.loads(sys.argv[2])))
