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
LONG = 0.15


def listed() -> frozenset[str]:
    """The tests of the list, such as ``plan/test_pages.py::test_one``."""
    return frozenset(LIST.read_text().split())


def long_ones(run: Path) -> list[str]:
    """The tests that took long in a run, of which pytest wrote an XML file."""
    seconds = defaultdict(list)
    for case in ElementTree.parse(run).iter("testcase"):
        seconds[_name(case.get("classname"), case.get("name"))].append(float(case.get("time")))
    return sorted(name for name, took in seconds.items() if fmean(took) >= LONG)


def _name(dotted: str, name: str) -> str:
    """The module's path and the function: a class between them is left out."""
    _tests, *parts = dotted.split(".")
    while not (module := TESTS.joinpath(*parts).with_suffix(".py")).is_file():
        parts.pop()
    return f"{module.relative_to(TESTS)}::{name.partition('[')[0]}"


if __name__ == "__main__":
    LIST.write_text("".join(f"{name}\n" for name in long_ones(Path(sys.argv[1]))))
