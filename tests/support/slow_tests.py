"""Which tests take long, as a whole run measured them: ``slow_tests.txt`` beside this module.

To renew the list, run the suite with ``--junitxml=run.xml``, three at a time, and then
``python -m tests.support.slow_tests run.xml``.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from statistics import fmean

from defusedxml import ElementTree

LIST = Path(__file__).with_suffix(".txt")
TESTS = Path(__file__).parents[1]
# Seconds that a test takes on the average of its cases, with what it sets up.
LONG = 0.1


def listed() -> dict[str, float]:
    """The tests of the list, such as ``plan/test_pages.py::test_one``, and their seconds in all."""
    lines = map(str.split, LIST.read_text().splitlines())
    return {name: float(seconds) for seconds, name in lines}


def by_module() -> dict[str, float]:
    """The seconds that the listed tests of each module take together."""
    found: dict[str, float] = defaultdict(float)
    for name, seconds in listed().items():
        found[name.partition("::")[0]] += seconds
    return found


def long_ones(run: Path) -> dict[str, float]:
    """The tests that took long in a run, of which pytest wrote an XML file, with their seconds."""
    seconds = defaultdict(list)
    for case in ElementTree.parse(run).iter("testcase"):
        seconds[_name(case.get("classname"), case.get("name"))].append(float(case.get("time")))
    return {name: sum(took) for name, took in sorted(seconds.items()) if fmean(took) >= LONG}


def _name(dotted: str, name: str) -> str:
    """The module's path and the function: a class between them is left out."""
    _tests, *parts = dotted.split(".")
    while not (module := TESTS.joinpath(*parts).with_suffix(".py")).is_file():
        parts.pop()
    return f"{module.relative_to(TESTS)}::{name.partition('[')[0]}"


if __name__ == "__main__":
    found = long_ones(Path(sys.argv[1]))
    LIST.write_text("".join(f"{seconds:.1f} {name}\n" for name, seconds in found.items()))
