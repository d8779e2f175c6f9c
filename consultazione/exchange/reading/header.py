"""The first line of a sheet: which column holds what, and what is wrong with the headings."""

from __future__ import annotations

from consultazione.exchange.reading.cells import Oddity, Row, letter
from consultazione.exchange.reading.faults import Fault, FaultKind
from consultazione.exchange.reading.headings import REQUIRED, Column, column_of, nearest
from consultazione.exchange.reading.line import ODDITIES, quoted


def columns_of(sheet: str, first: Row) -> tuple[dict[int, Column], list[Fault]]:
    """The columns by their index, and what is wrong with the headings."""
    columns: dict[int, Column] = {}
    faults: list[Fault] = []
    for index, cell in enumerate(first.cells):
        if cell is None or cell == "":
            continue
        heading = quoted(cell)
        column = column_of(heading)
        if isinstance(cell, Oddity):
            faults.append(_odd_heading(sheet, first.number, index, cell))
        elif column is None or column in columns.values():
            faults.append(_heading_fault(sheet, first.number, index, heading, column))
        else:
            columns[index] = column
    missing = [column for column in REQUIRED if column not in columns.values()]
    faults += [
        Fault(kind=FaultKind.MISSING_HEADING, sheet=sheet, row=first.number, heading=column.value)
        for column in missing
    ]
    return columns, faults


def _heading_fault(sheet: str, row: int, index: int, heading: str, column: Column | None) -> Fault:
    kind, known = FaultKind.TWICE_HEADING, ""
    if column is None:
        similar = nearest(heading)
        kind = FaultKind.SIMILAR_HEADING if similar else FaultKind.UNKNOWN_HEADING
        known = similar.value if similar else ""
    return Fault(kind=kind, sheet=sheet, row=row, column=letter(index), value=heading, known=known)


def _odd_heading(sheet: str, row: int, index: int, cell: Oddity) -> Fault:
    return Fault(kind=ODDITIES[cell], sheet=sheet, row=row, column=letter(index))
