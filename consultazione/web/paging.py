"""Lists page by page: a page asks for one item more than it shows, to know whether to go on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


def paged(found: Sequence[Item], size: int) -> tuple[list[Item], Item | None]:
    """What a page of that size shows, and its last item if there are more to go on to."""
    shown = list(found[:size])
    return shown, shown[-1] if len(found) > size else None
