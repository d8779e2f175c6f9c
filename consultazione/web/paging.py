"""Lists page by page: a page asks for one item more than it shows, to know whether to go on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict, TypeVar

Item = TypeVar("Item")


class Paging(TypedDict):
    """What comes after an id, so many at a time."""

    after: int
    limit: int


class TablePaging(Paging):
    """The same of one table, or of all."""

    table_id: int | None


class Page(TypedDict):
    """A page of a list, and the address of the next one; null at the end."""

    items: list[Any]
    next: str | None


def paged(found: Sequence[Item], size: int) -> tuple[list[Item], Item | None]:
    """What a page of that size shows, and its last item if there are more to go on to."""
    shown = list(found[:size])
    return shown, shown[-1] if len(found) > size else None
