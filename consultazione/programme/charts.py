"""Bars of a chart as the server draws it: their places and lengths, in units of the drawing.

The drawing is as wide as a small phone and grows with the page. Beside each chart stands a
table with the same figures, so a chart only has to be true, not complete.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

WIDTH = 320
_LONGEST_BAR = 195
_LABEL, _BAR, _GAP = 20, 18, 10
_MOST_ROWS = 12
_MOST_LETTERS = 42


@dataclass(frozen=True)
class Row:
    """A heading with one amount for each series of the chart."""

    label: Any
    amounts: Sequence[Decimal]


@dataclass(frozen=True)
class Bar:
    """A bar of one series. y: of its upper edge; length: 0 to _LONGEST_BAR."""

    series: int
    y: int
    length: float
    amount: Decimal


@dataclass(frozen=True)
class Group:
    """A heading with its bars. y: of the words' base line; label: in full; words: as drawn."""

    label: str
    words: str
    y: int
    bars: list[Bar]


@dataclass(frozen=True)
class Chart:
    """A drawing of WIDTH by height.

    series: what the bars of a group stand for, in order. leaves_out: whether rows without any
    amount are not drawn.
    """

    series: Sequence[Any]
    groups: list[Group]
    height: int
    leaves_out: bool
    width: int = WIDTH

    @property
    def compares(self) -> bool:
        """True if there is more than one group, so that the drawing says more than its table."""
        return len(self.groups) > 1


def chart(series: Sequence[Any], rows: Sequence[Row], others: Any = "") -> Chart:
    """Lay out the first rows that have an amount; those beyond the twelfth become one, `others`."""
    filled = [row for row in rows if any(row.amounts)]
    shown = _shortened(filled, others)
    largest = max((amount for row in shown for amount in row.amounts), default=Decimal(0))
    step = _LABEL + _BAR * len(series) + _GAP
    groups = [_group(row, n * step, largest) for n, row in enumerate(shown)]
    return Chart(series, groups, max(1, step * len(groups)), leaves_out=len(filled) < len(rows))


def _shortened(rows: Sequence[Row], others: Any) -> list[Row]:
    if len(rows) <= _MOST_ROWS:
        return list(rows)
    kept, rest = rows[: _MOST_ROWS - 1], rows[_MOST_ROWS - 1 :]
    together = [
        sum(amounts, Decimal(0)) for amounts in zip(*(r.amounts for r in rest), strict=True)
    ]
    return [*kept, Row(others, together)]


def _group(row: Row, top: int, largest: Decimal) -> Group:
    label = str(row.label)
    words = label if len(label) <= _MOST_LETTERS else f"{label[: _MOST_LETTERS - 1].rstrip()}…"
    bars = [
        Bar(number, top + _LABEL + number * _BAR, _length(amount, largest), amount)
        for number, amount in enumerate(row.amounts)
    ]
    return Group(label, words, top + _LABEL - 6, bars)


def _length(amount: Decimal, largest: Decimal) -> float:
    """The length of a bar; a drawing is not money, so it may be a float."""
    return round(float(amount / largest) * _LONGEST_BAR, 1) if largest else 0.0
