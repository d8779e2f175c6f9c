"""Which year of a cycle a page is about."""

from __future__ import annotations

from typing import Protocol


class Years(Protocol):
    """What has a first and a last year."""

    @property
    def first_year(self) -> int:
        """The first."""

    @property
    def last_year(self) -> int:
        """The last."""


def year_shown(cycle: Years, asked: int | None, today: int) -> int:
    """The year that was asked for, else the present one; the nearest of the cycle if neither is."""
    return max(cycle.first_year, min(asked or today, cycle.last_year))
