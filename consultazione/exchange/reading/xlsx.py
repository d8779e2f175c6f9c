"""Sheets of an XLSX file, row by row, with openpyxl in its mode that holds no sheet in memory."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from defusedxml.ElementTree import iterparse
from openpyxl import load_workbook

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

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheets_of(file: BinaryIO) -> list[Sheet]:
    """The visible sheets of a workbook, in its order; none is read before its rows are asked for.

    UnreadableFile if it is no workbook, or has merged cells where it is read.
    """
    archive = open_archive(file)
    workbook = load_workbook(file, read_only=True, data_only=False)
    return [
        Sheet(sheet.title, _rows(archive, sheet))
        for sheet in workbook.worksheets
        if sheet.sheet_state == "visible"
    ]


def _rows(archive: zipfile.ZipFile, sheet: Any) -> Iterator[Row]:
    merged = _first_merged(archive, sheet._worksheet_path)
    if merged is not None:
        raise UnreadableFile.because(FaultKind.MERGED, sheet=sheet.title, value=merged)
    # What a sheet says of its size need not be true.
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if number > LAST_ROW:
            raise UnreadableFile.because(FaultKind.TOO_MANY_ROWS, sheet=sheet.title)
        values = [_value(cell) for cell in cells[:MOST_COLUMNS]]
        if not is_blank(values):
            yield Row(number, values)


def _first_merged(archive: zipfile.ZipFile, part: str) -> str | None:
    """The first range of cells that are merged, such as A1:C1. It stands after all the rows."""
    with archive.open(part) as source:
        for _event, element in iterparse(source, forbid_dtd=True):
            if element.tag == f"{_MAIN}mergeCell":
                return str(element.get("ref"))
            if element.tag == f"{_MAIN}row":
                element.clear()
    return None


def _value(cell: Any) -> Cell:
    """What stands in a cell; data types are those of ECMA-376, 18.18.11, as openpyxl has them."""
    if cell.value is None:
        return None
    match cell.data_type:
        case "f":
            return Oddity.FORMULA
        case "e":
            return Oddity.ERROR
        case "s":
            return str(cell.value).strip()
        case "n":
            return _number(cell)
    return Oddity.OTHER


def _number(cell: Any) -> Cell:
    return percentage(cell.value) if "%" in (cell.number_format or "") else exact(cell.value)
