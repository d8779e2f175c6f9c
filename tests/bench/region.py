"""An installation as large as a region beside one with a single zone of the same size.

38 zones with 264 municipalities, as in Emilia-Romagna; of each of three years 1,776
interventions; 100,000 shares and 2,700 indicators in all; four cycles a zone. What visitors
and the plan office see of a zone must not become slower by the other 37. Beside the pages: a
what-if over 11 municipalities and 50 items, the zones of a territory side by side, the money of
all zones as files, the import of a region's year from one file, a plan of 2,000 blocks beside one
of 20, and its PDF.
"""

from __future__ import annotations

from collections.abc import Sequence

from tests.bench import region_files, region_pages
from tests.bench.installation import Installation, Size, installation, place_of
from tests.bench.measure import milliseconds
from tests.bench.report import Figures, Limit, Report

REGION = Size(
    zones=38, interventions=1_776, shares=100_000, indicators=2_700, blocks=2_000, special=True
)
TIMES = 40  # visits to each page
SMALL = Size(zones=4, interventions=24, shares=480, indicators=30, blocks=40, special=True)
# The page that holds a plan whole, and so is longer by right.
_WHOLE = "/piano/intero"
Found = dict[str, Figures]


def run(*, quick: bool) -> Report:
    """The pages of both installations in turn; then what a region alone has."""
    size, times = (SMALL, 1) if quick else (REGION, TIMES)
    with installation(size) as region:
        with installation(_one_zone_of(size)) as alone:
            pages = _pages(region, alone, times)
        plans = _plans(region, times)
        others, limits = region_files.measured(region, times)
    limits = {
        **{
            case: Limit("times", 1.5)
            for case in (*pages, *plans)
            if not case.endswith(f": {_WHOLE}")
        },
        **limits,
    }
    worst = max(figures["times"] for figures in pages.values())
    return Report(
        name="region",
        work=f"{size.zones} zones, {size.interventions} interventions a year, {size.shares} shares,"
        f" {size.indicators} indicators, 4 cycles a zone; {times} visits to each page in turn",
        ours={**pages, **plans, **others},
        baseline={},
        ratio={"the worst page of a zone": round(1 / worst, 3)},
        limits=limits,
    )


def _one_zone_of(size: Size) -> Size:
    """An installation whose zone is as large as those of another."""
    return Size(
        zones=1,
        interventions=round(size.interventions / size.zones),
        shares=round(size.shares / size.zones),
        indicators=round(size.indicators / size.zones),
        blocks=0,
        special=False,
    )


def _pages(region: Installation, alone: Installation, times: int) -> Found:
    """How much longer a zone's pages take beside others, with the statements of each.

    Of visitors all, and half as often those of the plan office, which has more of them.
    """
    found: Found = {}
    for office in (False, True):
        here = region_pages.pages(region, region.places, office=office)
        there = region_pages.pages(alone, alone.places, office=office)
        assert here.keys() == there.keys(), here.keys() ^ there.keys()
        cases = {f"office: {c}" if office else c: (here[c], there[c]) for c in here}
        seconds = region_pages.in_turn(max(1, times // 2) if office else times, cases)
        for case, sides in cases.items():
            ours, theirs = (visits[-1].statements() for visits in sides)
            counts = {"statements": ours, "of one zone": theirs}
            found[case] = {**_compared(*seconds[case]), **counts}
    return found


def _plans(region: Installation, times: int) -> Found:
    """How much longer a plan's pages take if it has very many blocks."""
    large, small = (region_pages.pages(region, [place_of(region, n)]) for n in (1, 2))
    cases = {
        f"{region.size.blocks} blocks: {route}": (visits, small[route])
        for route, visits in large.items()
        if route.startswith("/piano")
    }
    return {
        case: _compared(*seconds) for case, seconds in region_pages.in_turn(times, cases).items()
    }


def _compared(ours: Sequence[float], theirs: Sequence[float]) -> dict[str, float]:
    """Our figures, those beside which they stand, and how many times their p95 ours is."""
    found, other = milliseconds(ours), milliseconds(theirs)
    beside = {f"beside {name}": value for name, value in other.items()}
    return {**found, **beside, "times": round(found["p95 ms"] / other["p95 ms"], 2)}
