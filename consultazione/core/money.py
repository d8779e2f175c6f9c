"""Amounts of money: what a column holds, and how people type them. In euro, never a float."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum

CENT = Decimal("0.01")
# NUMERIC(14, 2) has room for twelve figures before the cents.
MOST = Decimal("999999999999.99")

_SPACED = r"\d{1,3}(?:[ '\u00a0\u202f]\d{3})+"
# A comma parts the decimals; a point the thousands, or the decimals if no comma does.
_ITALIAN = re.compile(rf"(\d+|{_SPACED}|\d{{1,3}}(?:\.\d{{3}})+)(?:,(\d+))?", re.ASCII)
_PLAIN = re.compile(rf"(\d+|{_SPACED})\.(\d+)", re.ASCII)
_LONGEST = 40


class Unreadable(StrEnum):
    """Why something typed is not read as an amount."""

    INVALID = "invalid"
    NEGATIVE = "negative"
    AMBIGUOUS = "ambiguous"


def read_amount(typed: str, signs: str = "€") -> Decimal | Unreadable:
    """A number of zero or more as people type it: 1234,5  1234.50  1.234,50  12 000 €.

    signs: what may stand before or after it. As many decimals as were typed; 1.234 could mean a
    thousand or a fraction, so it is ambiguous. Files, in which more than one number says which
    way they are written, are for `exchange.reading.amounts`.
    """
    text = typed.strip().strip(signs).strip()
    bare = text.removeprefix("-")
    matches = [pattern.fullmatch(bare) for pattern in (_ITALIAN, _PLAIN)]
    found = {_value(match) for match in matches if match and len(bare) <= _LONGEST}
    if not found:
        return Unreadable.INVALID
    if len(found) > 1:
        return Unreadable.AMBIGUOUS
    (value,) = found
    return Unreadable.NEGATIVE if value and bare != text else value


def _value(match: re.Match[str]) -> Decimal:
    whole = re.sub(r"\D", "", match[1])
    return Decimal(f"{whole}.{match[2]}" if match[2] else whole)
