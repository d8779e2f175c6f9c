"""The rows of a CSV file: its encoding, its separator and its quotes are found out.

Excel in Italian writes semicolons and Windows-1252, or UTF-8 with a mark; LibreOffice and
programs write UTF-8. A text that is valid UTF-8 is never meant to be anything else.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from consultazione.exchange.reading.cells import (
    MOST_COLUMNS,
    Cell,
    Oddity,
    Row,
    Sheet,
    is_blank,
)
from consultazione.exchange.reading.faults import FaultKind, UnreadableFile

_SEPARATORS = ";,\t|"
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
# Files for spreadsheets have an apostrophe before these, so that a text is not run.
_RUNS = ("=", "+", "-", "@")
_PIECE = 1 << 20
# No field of ours is longer than a text of ten thousand characters.
_LONGEST_FIELD = 100_000


def sheets_of(file: BinaryIO) -> list[Sheet]:
    """The file as its one sheet, without a name. UnreadableFile if it is not text."""
    encoding = _encoding(file)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    return [Sheet("", _rows(text))]


def _rows(text: io.TextIOWrapper) -> Iterator[Row]:
    first = text.readline(_LONGEST_FIELD)
    text.seek(0)
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.reader(text, delimiter=_separator(first), strict=True)
    before = 0
    try:
        for fields in reader:
            row = Row(before + 1, [_cell(field.strip()) for field in fields[:MOST_COLUMNS]])
            before = reader.line_num
            if not is_blank(row.cells):
                yield row
    except csv.Error as error:
        raise UnreadableFile.because(FaultKind.BROKEN, row=before + 1) from error


def _cell(text: str) -> Cell:
    """The text; a formula if a spreadsheet would take it for one, unless an apostrophe says no."""
    if text.startswith("="):
        return Oddity.FORMULA
    return text[1:] if text.startswith("'") and text[1:2] in _RUNS else text


def _separator(first: str) -> str:
    """What parts the headings: whichever of the usual signs occurs most in the first line."""
    return max(_SEPARATORS, key=first.count)


def _encoding(file: BinaryIO) -> str:
    """The encoding of a text; UnreadableFile if no encoding makes it one."""
    file.seek(0)
    beginning = file.read(4)
    marked = next((name for mark, name in _MARKS.items() if beginning.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "cp1252"):
        if _is_text(file, encoding):
            return encoding
    raise UnreadableFile.because(FaultKind.NOT_TEXT)


def _is_text(file: BinaryIO, encoding: str) -> bool:
    """True if the whole file can be read so, without a NUL; a piece at a time."""
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        while piece := text.read(_PIECE):
            if "\0" in piece:
                return False
    except UnicodeError:
        return False
    finally:
        text.detach()
    return True
