"""One line of a sheet: what each of its columns holds, read as what it should be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from consultazione.core.money import MOST
from consultazione.core.text import has_control_characters
from consultazione.exchange.reading import amounts, words
from consultazione.exchange.reading.amounts import Convention
from consultazione.exchange.reading.cells import Cell, Oddity, Percent
from consultazione.exchange.reading.faults import Fault, FaultKind, shortened
from consultazione.exchange.reading.headings import Column, key_of

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
ODDITIES = {
    Oddity.FORMULA: FaultKind.FORMULA,
    Oddity.ERROR: FaultKind.ERROR_VALUE,
    Oddity.MERGED: FaultKind.MERGED,
    Oddity.OTHER: FaultKind.NOT_FOR_HERE,
}


@dataclass
class Line:
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
                value=quoted(self.cells.get(column)),
                known=known,
            )
        )

    def text(self, column: Column) -> str:
        """The text of a cell, empty if there is none or it is refused."""
        cell = self.cells.get(column)
        if isinstance(cell, Oddity):
            self.refuse(ODDITIES[cell], column)
            return ""
        text = _as_text(cell)
        fault = _fault_of(text, _LONGEST_TEXT if column in _TEXTS else _LONGEST_LINE)
        if fault is not None:
            self.refuse(fault, column)
            return ""
        return text

    def money(self, column: Column, most: Decimal = MOST) -> Decimal | None:
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


def _as_text(cell: Cell) -> str:
    if isinstance(cell, Percent):
        return f"{cell.value:f}%"
    if isinstance(cell, Decimal):
        whole = cell.to_integral_value()
        return f"{whole if whole == cell else cell:f}"
    return "" if cell is None else cell.strip()


def quoted(cell: Cell) -> str:
    """What stands in a cell, as a sentence can quote it."""
    return "" if isinstance(cell, Oddity) else shortened(_as_text(cell))


def _fault_of(text: str, longest: int) -> FaultKind | None:
    if has_control_characters(text):
        return FaultKind.CONTROL_CHARACTERS
    return FaultKind.LONG_TEXT if len(text) > longest else None
