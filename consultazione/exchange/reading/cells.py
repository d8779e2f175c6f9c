"""Cells, rows and sheets as every format of file yields them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

# A sheet may have been formatted down to its end; this many rows may have something in them.
MOST_ROWS = 50_000
# Excel's and Calc's last row: what counts further is no sheet.
LAST_ROW = 1_048_576
MOST_COLUMNS = 100
_MOST_DIGITS = 20
_TINIEST = 400


class Oddity(StrEnum):
    """What stands in a cell that holds neither text nor number."""

    FORMULA = "formula"
    ERROR = "error"
    MERGED = "merged"
    OTHER = "other"


@dataclass(frozen=True)
class Percent:
    """A number that the sheet shows as a percentage, times one hundred: 0.5 is `Percent(50)`."""

    value: Decimal


Cell = str | Decimal | Percent | Oddity | None


@dataclass(frozen=True)
class Row:
    """A row that is not blank. number: in the sheet, from 1."""

    number: int
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Sheet:
    """A sheet that is read row by row. name: empty if the format has no sheets."""

    name: str
    rows: Iterator[Row]


def letter(index: int) -> str:
    """The letters of a column, by its index from 0: A, B ... Z, AA."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def is_blank(cells: Sequence[Cell]) -> bool:
    """True if nothing stands in any of the cells."""
    return all(cell is None or cell == "" for cell in cells)


def exact(number: float | int | str) -> Decimal | Oddity:
    """The decimal that a spreadsheet's number shows: the shortest that the float stands for.

    An Oddity for what is no number, or one that no sheet of ours can mean.
    """
    try:
        found = Decimal(str(number))
    except InvalidOperation:
        return Oddity.ERROR
    if not found.is_finite() or found.adjusted() > _MOST_DIGITS or found.adjusted() < -_TINIEST:
        return Oddity.ERROR
    return found


def percentage(number: float | int | str) -> Percent | Oddity:
    """The same for a number that the sheet shows as a percentage."""
    found = exact(number)
    return found if isinstance(found, Oddity) else Percent(found * 100)
