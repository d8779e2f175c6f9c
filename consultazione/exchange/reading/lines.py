"""A sheet's rows into interventions: headings first, then each cell by what its column holds.

A fault refuses its line and nothing else, so that one upload shows all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import islice

from consultazione.exchange.reading import amounts
from consultazione.exchange.reading.cells import MOST_ROWS, Oddity, Row, Sheet, letter
from consultazione.exchange.reading.drafting import draft_of
from consultazione.exchange.reading.drafts import Reading
from consultazione.exchange.reading.faults import Fault, FaultKind, UnreadableFile
from consultazione.exchange.reading.grouping import grouped
from consultazione.exchange.reading.header import columns_of
from consultazione.exchange.reading.headings import Column
from consultazione.exchange.reading.line import Line, quoted

MOST_FAULTS = 500
_MONEY = (Column.AMOUNT, Column.SPENT, Column.TOTAL, Column.PERCENT)


def read_lines(sheet: Sheet) -> Reading:
    """What a sheet says. UnreadableFile if it is not one of a programme's lines."""
    rows = list(islice(sheet.rows, MOST_ROWS + 2))
    if len(rows) > MOST_ROWS + 1:
        raise UnreadableFile.because(FaultKind.TOO_MANY_ROWS, sheet=sheet.name, row=rows[-1].number)
    if not rows:
        raise UnreadableFile.because(FaultKind.EMPTY, sheet=sheet.name)
    columns, faults = columns_of(sheet.name, rows[0])
    if faults:
        return Reading(sheet=sheet.name, letters={}, drafts=[], faults=faults)
    if not rows[1:]:
        raise UnreadableFile.because(FaultKind.NO_ROWS, sheet=sheet.name)
    return _reading(sheet.name, columns, rows[1:])


def _reading(sheet: str, columns: Mapping[int, Column], rows: list[Row]) -> Reading:
    letters = {column: letter(index) for index, column in columns.items()}
    conventions = amounts.conventions_of(_written_amounts(columns, rows))
    faults: list[Fault] = []
    drafts = []
    for row in rows:
        faults += _without_heading(sheet, columns, row)
        cells = {c: row.cells[i] for i, c in columns.items() if i < len(row.cells)}
        line = Line(sheet, row.number, cells, letters, conventions)
        drafts.append(draft_of(line))
        faults += line.faults
        if len(faults) > MOST_FAULTS:
            raise UnreadableFile(replace(faults[0], kind=FaultKind.TOO_MANY_FAULTS))
    together, more = grouped(sheet, letters, drafts, refused={fault.row for fault in faults})
    return Reading(
        sheet=sheet,
        letters=letters,
        drafts=together,
        faults=sorted([*faults, *more][:MOST_FAULTS], key=lambda f: f.row),
    )


def _without_heading(sheet: str, columns: Mapping[int, Column], row: Row) -> list[Fault]:
    """Cells that no heading stands above."""
    return [
        Fault(
            kind=FaultKind.NO_HEADING,
            sheet=sheet,
            row=row.number,
            column=letter(index),
            value=quoted(cell),
        )
        for index, cell in enumerate(row.cells)
        if index not in columns and cell is not None and cell != ""
    ]


def _written_amounts(columns: Mapping[int, Column], rows: Iterable[Row]) -> Iterable[str]:
    indices = [index for index, column in columns.items() if column in _MONEY]
    for row in rows:
        for index in indices:
            cell = row.cells[index] if index < len(row.cells) else None
            if isinstance(cell, str) and not isinstance(cell, Oddity):
                yield cell
