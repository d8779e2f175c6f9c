"""Amounts as people write them: 1.234,56 in Italian, 1,234.56 in English, 1234.56 by programs.

"1.234" is twelve hundred in one way of writing and one and a bit in the other. Which way a
file follows is seen from its other amounts; where those say nothing, or both, it is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from consultazione.core.money import CENT, MOST
from consultazione.exchange.reading.faults import FaultKind

_CURRENCY = re.compile(r"(?i)€|\beuro?\b|\s|\u00a0|\u202f")
_MINUS = re.compile(r"^([-−–]|\().*\d")


class Convention(StrEnum):
    """Which sign stands before the cents."""

    COMMA = "comma"
    POINT = "point"


def _pattern(thousands: str, decimals: str) -> re.Pattern[str]:
    grouped = rf"[1-9]\d{{0,2}}(?:{thousands}\d{{3}})+"
    return re.compile(rf"({grouped}|\d+)(?:{decimals}(\d+))?")


_PATTERNS = {
    Convention.COMMA: _pattern(r"\.", ","),
    Convention.POINT: _pattern(",", r"\."),
}


def conventions_of(texts: Iterable[str]) -> frozenset[Convention]:
    """The ways of writing of which some text leaves no doubt."""
    found = [_readings(_bare(text)) for text in texts]
    return frozenset(next(iter(r)) for r in found if len(r) == 1)


def read_amount(text: str, conventions: frozenset[Convention]) -> Decimal | FaultKind:
    """An amount of a file in these ways of writing, or why it is none.

    The value is not judged beyond its signs: whether it is in bounds is for `judged`.
    """
    bare = _bare(text)
    if _MINUS.match(bare):
        return FaultKind.NEGATIVE
    readings = _readings(bare)
    if not readings:
        return FaultKind.NO_AMOUNT
    if len(set(readings.values())) > 1:
        readings = {c: value for c, value in readings.items() if c in conventions}
    if len(set(readings.values())) != 1:
        return FaultKind.AMBIGUOUS
    return next(iter(readings.values()))


def judged(value: Decimal, most: Decimal = MOST) -> Decimal | FaultKind:
    """The value with two decimals if it is from 0 to `most`, or what is wrong with it."""
    if value < 0:
        return FaultKind.NEGATIVE
    if value > most:
        return FaultKind.OVER_HUNDRED if most == 100 else FaultKind.TOO_HIGH
    cents = value.quantize(CENT)
    return cents if cents == value else FaultKind.DECIMALS


def _bare(text: str) -> str:
    return _CURRENCY.sub("", text).removesuffix("%")


def _readings(bare: str) -> dict[Convention, Decimal]:
    """What a text means in each way of writing in which it means something.

    Both, with the same value, for one without any sign.
    """
    found = {}
    for convention, pattern in _PATTERNS.items():
        match = pattern.fullmatch(bare)
        if match and len(bare) < 40:
            whole = re.sub(r"\D", "", match[1])
            found[convention] = Decimal(f"{whole}.{match[2] or 0}")
    return found
