"""Columns that an entry says together: the rest of a row, as one free text beside the log.

A row of the plan has a title, which its entry says in a field of its own, and many columns more.
These are one text, the canonical JSON of the columns by name: one salt and one digest for all, so
that an import of thousands of rows seals thousands of texts and not ten times as many. The events
of a table name the columns once:

    FUND_DETAILS = Details("fund", "code name source")

    class FundRegistered(Event, texts={"details": FUND_DETAILS.places}):
        fund_id: int
        details: FreeText | None = None
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from consultazione.core.canonical import canonical_json
from consultazione.core.events import FreeText


class Details:
    """Columns of a table that its entries say in one text.

    columns: their names, separated by blanks.
    """

    def __init__(self, table: str, columns: str) -> None:
        self.table = table
        self.columns = tuple(columns.split())

    @property
    def places(self) -> str:
        """The columns as `table.column`, separated by blanks: where the same words stand."""
        return " ".join(f"{self.table}.{name}" for name in self.columns)

    def of(self, row: object) -> FreeText:
        """What a row says in these columns, as canonical JSON by column."""
        return FreeText(canonical_json(self._values(row)).decode())

    def of_all(self, rows: Sequence[object]) -> FreeText:
        """The same of several rows: a JSON list in their order."""
        return FreeText(canonical_json([self._values(row) for row in rows]).decode())

    def _values(self, row: object) -> dict[str, object]:
        return {name: _plain(getattr(row, name)) for name in self.columns}


def is_details(text: str) -> bool:
    """True if a text beside the log is one of columns; what a person writes is no JSON of them."""
    return text[:1] in ("{", "[") and _read(text) is not None


def words_in(text: str) -> Iterator[tuple[str, str]]:
    """The columns of words in a text of columns, with what they say."""
    said = _read(text)
    for row in said if isinstance(said, list) else [said]:
        for name, value in (row or {}).items():
            if isinstance(value, str):
                yield name, value


def _read(text: str) -> Mapping[str, object] | list[Mapping[str, object]] | None:
    try:
        said = json.loads(text)
    except ValueError:
        return None
    rows = said if isinstance(said, list) else [said]
    return said if all(isinstance(row, dict) for row in rows) else None


def _plain(value: Any) -> Any:
    """A value of a column as JSON has it; numbers with decimals as text, so that none is lost."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
