"""Sheets of an ODS file, row by row (OpenDocument 1.3, part 3, chapters 9 and 19).

Libraries for ODS hold a whole document as a tree; a stream of its XML holds one row.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from defusedxml.ElementTree import iterparse

from consultazione.exchange.reading.archives import open_archive
from consultazione.exchange.reading.cells import (
    LAST_ROW,
    MOST_COLUMNS,
    Cell,
    Oddity,
    Row,
    Sheet,
    exact,
    is_blank,
    percentage,
)
from consultazione.exchange.reading.faults import FaultKind, UnreadableFile

_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE = f"{{{_NAMESPACE}table:1.0}}"
_OFFICE = f"{{{_NAMESPACE}office:1.0}}"
_TEXT = f"{{{_NAMESPACE}text:1.0}}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_CONTENT = "content.xml"
_NUMBERS = frozenset({"float", "currency"})


def sheets_of(file: BinaryIO) -> list[Sheet]:
    """The sheets of a document, in its order; none is read before its rows are asked for."""
    archive = open_archive(file)
    return [Sheet(name, _rows(archive, name)) for name in _names(archive)]


def _names(archive: zipfile.ZipFile) -> list[str]:
    found = []
    for event, element in _events(archive):
        if event == "start" and element.tag == f"{_TABLE}table":
            found.append(element.get(f"{_TABLE}name") or "")
        elif event == "end" and element.tag == f"{_TABLE}table-row":
            element.clear()
    return found


def _rows(archive: zipfile.ZipFile, wanted: str) -> Iterator[Row]:
    number, name = 0, None
    for event, element in _events(archive):
        if event == "start" and element.tag == f"{_TABLE}table":
            number, name = 0, element.get(f"{_TABLE}name") or ""
        elif event == "end" and element.tag == f"{_TABLE}table-row":
            if name == wanted:
                cells, times = _cells(element), _times(element, "rows")
                yield from _repeated(wanted, cells, number, times)
                number += times
            element.clear()


def _events(archive: zipfile.ZipFile) -> Iterator[tuple[str, Any]]:
    """Starts and ends of the elements; what a table above the row holds is not kept."""
    try:
        content = archive.open(_CONTENT)
    except KeyError as error:
        raise UnreadableFile.because(FaultKind.BROKEN) from error
    with content:
        yield from iterparse(content, events=("start", "end"), forbid_dtd=True)


def _repeated(sheet: str, cells: list[Cell], before: int, times: int) -> Iterator[Row]:
    """A row as often as the file repeats it; blank ones only count."""
    if is_blank(cells):
        return
    if before + times > LAST_ROW:
        raise UnreadableFile.because(FaultKind.TOO_MANY_ROWS, sheet=sheet)
    for number in range(before + 1, before + times + 1):
        yield Row(number, cells)


def _cells(row: Any) -> list[Cell]:
    cells: list[Cell] = []
    for element in row:
        if element.tag in _CELLS:
            room = MOST_COLUMNS - len(cells)
            cells += [_value(element)] * min(_times(element, "columns"), room)
    return cells


def _times(element: Any, what: str) -> int:
    """How often a row or a cell is repeated; once if the file says nothing sensible."""
    said = element.get(f"{_TABLE}number-{what}-repeated") or "1"
    return max(1, int(said)) if said.isdecimal() and len(said) < 10 else 1


def _value(cell: Any) -> Cell:
    if _is_merged(cell):
        return Oddity.MERGED
    if cell.get(f"{_TABLE}formula") is not None:
        return Oddity.FORMULA
    held = cell.get(f"{_OFFICE}value-type")
    text = "\n".join("".join(part.itertext()) for part in cell.iter(f"{_TEXT}p")).strip()
    if held in _NUMBERS:
        return exact(cell.get(f"{_OFFICE}value") or "")
    if held == "percentage":
        return percentage(cell.get(f"{_OFFICE}value") or "")
    if held in (None, "string"):
        return text or None
    return Oddity.OTHER


def _is_merged(cell: Any) -> bool:
    """True for a cell that spans others; those it covers are empty and say nothing."""
    return any(
        (cell.get(f"{_TABLE}number-{what}-spanned") or "1") != "1" for what in ("columns", "rows")
    )
