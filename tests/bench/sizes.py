"""How many take part: few when tried, or as many as BENCH_SIZES says ("500,2000")."""

from __future__ import annotations

import os

QUICK = 50


def sizes(*usual: int, quick: bool) -> tuple[int, ...]:
    """The sizes to measure, each in turn: the usual ones unless BENCH_SIZES names others."""
    given = os.environ.get("BENCH_SIZES", "")
    if given:
        return tuple(int(size) for size in given.split(","))
    return (QUICK,) if quick else usual
