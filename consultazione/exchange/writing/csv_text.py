"""Rows as CSV, in the two ways in which they are wanted.

For spreadsheets in Italian: semicolons, decimal commas, a mark of UTF-8. For programs:
RFC 4180 in UTF-8, decimal points. A text that a spreadsheet would run gets an apostrophe
(OWASP, CSV Injection); reading takes it off again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import BinaryIO

from consultazione.core.text import harmless

MARK = b"\xef\xbb\xbf"


def write_for_people(out: BinaryIO, rows: Iterable[Sequence[object]]) -> None:
    """Append rows to a file, as a spreadsheet in Italian opens them."""
    _write(out, rows, delimiter=";", comma=True)


def write_for_programs(out: BinaryIO, rows: Iterable[Sequence[object]]) -> None:
    """Append rows to a file, as RFC 4180 has them."""
    _write(out, rows, delimiter=",", comma=False)


def _write(out: BinaryIO, rows: Iterable[Sequence[object]], *, delimiter: str, comma: bool) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=False)
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerows(
        [None if value is None else _cell(value, comma=comma) for value in row] for row in rows
    )
    text.flush()
    text.detach()


def _cell(value: object, *, comma: bool) -> object:
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, Decimal) and comma:
        return str(value).replace(".", ",")
    if isinstance(value, bool):
        return str(value).lower()
    return value
