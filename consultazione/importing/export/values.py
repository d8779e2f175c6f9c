"""How values are written into a zone's file when it is exported."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

Item = Mapping[str, object]


def without_none(values: Mapping[str, object]) -> dict[str, object]:
    """The values that are there."""
    return {name: value for name, value in values.items() if value is not None}


def written(amount: Decimal) -> int | str:
    """An amount as YAML keeps it exactly: 1200, or the text 1200.50."""
    return int(amount) if amount == int(amount) else str(amount)


def without_empty(item: Item) -> Item:
    """The item without what is None, empty or not the case: a file may leave that out."""
    return {name: value for name, value in item.items() if not _is_empty(value)}


def _is_empty(value: object) -> bool:
    return value is False or value in (None, "", [], {})
