"""How many take part: few when tried, many when BENCH_SIZES says so ("500,2000,10000")."""

from __future__ import annotations

import os

USUAL = (500,)
QUICK = (50,)


def sizes(*, quick: bool) -> tuple[int, ...]:
    """The sizes to measure, each in turn."""
    given = os.environ.get("BENCH_SIZES", "")
    if given:
        return tuple(int(size) for size in given.split(","))
    return QUICK if quick else USUAL
