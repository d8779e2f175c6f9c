"""A sheet's rows into interventions: headings first, then each cell by what its column holds.

A fault refuses its line and nothing else, so that one upload shows all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import islice

from consultazione.core.text import has_control_characters
from consultazione.programme.exchange.reading import amounts, words
from consultazione.programme.exchange.reading.amounts import Convention
from consultazione.programme.exchange.reading.cells import (
    MOST_ROWS,
    Cell,
    Oddity,
    Percent,
    Row,
    Sheet,
    letter,
)
from consultazione.programme.exchange.reading.drafts import Draft, Fields, Reading, ShareDraft
from consultazione.programme.exchange.reading.faults import (
    Fault,
    FaultKind,
    UnreadableFile,
    shortened,
)
from consultazione.programme.exchange.reading.grouping import grouped
from consultazione.programme.exchange.reading.headings import (
    REQUIRED,
    Column,
    column_of,
    key_of,
    nearest,
)

MOST_FAULTS = 500
# Characters; those of titles and names are what a column of the database holds.
_LONGEST_LINE, _LONGEST_TEXT = 200, 10_000
_TEXTS = frozenset(
    {
        Column.OBJECTIVES,
        Column.ACTIONS,
        Column.RECIPIENTS,
        Column.INTEGRATION,
        Column.PRIORITIES,
        Column.BODIES,
    }
)
_FIELDS = tuple(
    column
    for column in Column
    if column
    not in {
        Column.NUMBER,
        Column.TITLE,
        Column.BODY,
        Column.FUND,
        Column.AMOUNT,
        Column.PERCENT,
        Column.TOTAL,
        Column.SPENT,
        Column.ACTIVATED,
    }
)
_MONEY = (Column.AMOUNT, Column.SPENT, Column.TOTAL, Column.PERCENT)
_ODDITIES = {
    Oddity.FORMULA: FaultKind.FORMULA,
    Oddity.ERROR: FaultKind.ERROR_VALUE,
    Oddity.MERGED: FaultKind.MERGED,
    Oddity.OTHER: FaultKind.NOT_FOR_HERE,
}


@dataclass
class _Line:
    """One row with what each of its columns holds; `faults` fill up as it is read."""

    sheet: str
    row: int
    cells: Mapping[Column, Cell]
    letters: Mapping[Column, str]
    conventions: frozenset[Convention]
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, kind: FaultKind, column: Column, *, known: str = "") -> None:
        """Note that a cell is wrong."""
        self.faults.append(
            Fault(
                kind=kind,
                sheet=self.sheet,
                row=self.row,
                column=self.letters.get(column, ""),
                heading=column.value,
                value=_quoted(self.cells.get(column)),
                known=known,
            )
        )

    def text(self, column: Column) -> str:
        """The text of a cell, empty if there is none or it is refused."""
        cell = self.cells.get(column)
        if isinstance(cell, Oddity):
            self.refuse(_ODDITIES[cell], column)
            return ""
        text = _as_text(cell)
        fault = _fault_of(text, _LONGEST_TEXT if column in _TEXTS else _LONGEST_LINE)
        if fault is not None:
            self.refuse(fault, column)
            return ""
        return text

    def money(self, column: Column, most: Decimal = amounts.HIGHEST) -> Decimal | None:
        """The amount of a cell, None if there is none or it is refused."""
        cell = self.cells.get(column)
        if isinstance(cell, Percent) and column is Column.PERCENT:
            cell = cell.value
        if isinstance(cell, Percent):
            self.refuse(FaultKind.NO_AMOUNT, column)
            return None
        value = cell if isinstance(cell, Decimal) else self._written(column)
        found = amounts.judged(value, most) if isinstance(value, Decimal) else value
        if isinstance(found, FaultKind):
            self.refuse(found, column)
            return None
        return found

    def _written(self, column: Column) -> Decimal | FaultKind | None:
        text = self.text(column)
        return amounts.read_amount(text, self.conventions) if text else None

    def whole(self, column: Column) -> int | None:
        """The whole number of a cell, None if there is none or it is refused."""
        text = self.text(column)
        if text and not (text.isascii() and text.isdecimal() and len(text) < 16):
            self.refuse(FaultKind.NOT_WHOLE, column)
            return None
        return int(text) if text else None

    def yes(self, column: Column) -> bool:
        """True if a cell says yes."""
        said = key_of(self.text(column))
        if said not in words.YES | words.NO:
            self.refuse(FaultKind.NOT_YES_NO, column)
        return said in words.YES


def read_lines(sheet: Sheet) -> Reading:
    """What a sheet says. UnreadableFile if it is not one of a programme's lines."""
    rows = list(islice(sheet.rows, MOST_ROWS + 2))
    if len(rows) > MOST_ROWS + 1:
        raise UnreadableFile.because(FaultKind.TOO_MANY_ROWS, sheet=sheet.name, row=rows[-1].number)
    if not rows:
        raise UnreadableFile.because(FaultKind.EMPTY, sheet=sheet.name)
    columns, faults = _columns(sheet.name, rows[0])
    if faults:
        return Reading(sheet=sheet.name, rows=0, columns=(), drafts=[], faults=faults)
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
        line = _Line(sheet, row.number, cells, letters, conventions)
        drafts.append(_draft(line))
        faults += line.faults
        if len(faults) > MOST_FAULTS:
            raise UnreadableFile(replace(faults[0], kind=FaultKind.TOO_MANY_FAULTS))
    together, more = grouped(sheet, letters, drafts, refused={fault.row for fault in faults})
    return Reading(
        sheet=sheet,
        rows=len(rows),
        columns=tuple(columns.values()),
        drafts=together,
        faults=sorted([*faults, *more][:MOST_FAULTS], key=lambda f: f.row),
    )


def _columns(sheet: str, first: Row) -> tuple[dict[int, Column], list[Fault]]:
    """The columns by their index, and what is wrong with the headings."""
    columns: dict[int, Column] = {}
    faults: list[Fault] = []
    for index, cell in enumerate(first.cells):
        if cell is None or cell == "":
            continue
        heading = _quoted(cell)
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
    return Fault(kind=_ODDITIES[cell], sheet=sheet, row=row, column=letter(index))


def _without_heading(sheet: str, columns: Mapping[int, Column], row: Row) -> list[Fault]:
    """Cells that no heading stands above."""
    return [
        Fault(
            kind=FaultKind.NO_HEADING,
            sheet=sheet,
            row=row.number,
            column=letter(index),
            value=_quoted(cell),
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


def _draft(line: _Line) -> Draft:
    title = line.text(Column.TITLE)
    if not title and not line.faults:
        line.refuse(FaultKind.MISSING, Column.TITLE)
    share = _share(line)
    return Draft(
        rows=[line.row],
        title=title,
        number=line.whole(Column.NUMBER),
        total=line.money(Column.TOTAL),
        fields=_fields(line),
        shares=[share] if share else [],
    )


def _share(line: _Line) -> ShareDraft | None:
    """The line's share; None if it has none or is refused."""
    before = len(line.faults)
    body, fund, amount = line.text(Column.BODY), line.text(Column.FUND), line.money(Column.AMOUNT)
    spent, percent = line.money(Column.SPENT), line.money(Column.PERCENT, Decimal(100))
    activated = line.yes(Column.ACTIVATED)
    if len(line.faults) > before:
        return None
    given = {Column.BODY: body, Column.FUND: fund, Column.AMOUNT: amount is not None}
    if not any(given.values()) and spent is None and percent is None:
        return None
    for column, there in given.items():
        if not there:
            line.refuse(FaultKind.MISSING, column)
    if amount == 0:
        line.refuse(FaultKind.ZERO, Column.AMOUNT)
    if amount is None or len(line.faults) > before:
        return None
    return ShareDraft(
        row=line.row,
        body=body,
        fund=fund,
        amount=amount,
        spent=spent,
        percent=percent,
        activated=activated,
    )


def _fields(line: _Line) -> Fields:
    """The texts of the intervention that the line gives; of closed lists, their values."""
    texts = {column: line.text(column) for column in _FIELDS}
    return {column: _value(line, column, text) for column, text in texts.items() if text}


def _value(line: _Line, column: Column, text: str) -> str:
    if column not in words.NAMES:
        return text
    parts = text.split(";") if column is Column.POLICIES else [text]
    values = [words.value_of(column, part) for part in parts if part.strip()]
    if None in values:
        line.refuse(FaultKind.NOT_IN_LIST, column, known=words.names_of(column))
    return ";".join(value for value in values if value)


def _as_text(cell: Cell) -> str:
    if isinstance(cell, Percent):
        return f"{cell.value:f}%"
    if isinstance(cell, Decimal):
        whole = cell.to_integral_value()
        return f"{whole if whole == cell else cell:f}"
    return "" if cell is None else cell.strip()


def _quoted(cell: Cell) -> str:
    return "" if isinstance(cell, Oddity) else shortened(_as_text(cell))


def _fault_of(text: str, longest: int) -> FaultKind | None:
    if has_control_characters(text):
        return FaultKind.CONTROL_CHARACTERS
    return FaultKind.LONG_TEXT if len(text) > longest else None
