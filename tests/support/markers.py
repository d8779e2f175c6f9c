"""Which tests are left out by ``make test-fast``: one table, by folder, module or test.

Beside those that the table leaves out for what they do, those that a run found to take long.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support import slow_tests

# `browser`: what needs a Chromium. `slow`: what starts the whole product or its servers again,
# kills them, fills sockets, or tries things by the thousand; every attack that is known; what loads
# a whole demonstration, or tries sequences of edits; and each migration there and back:
# `architecture/test_migrations.py` tries whether the next keeps the data.
MARKED = {
    "archive": "slow",
    "browser": "browser",
    "chaos": "slow",
    "embedded": "slow",
    "migrations": "slow",
    "security": "slow",
    "importing/test_audit.py": "slow",
    "importing/test_audit_mutations.py": "slow",
    "importing/test_coverage.py": "slow",
    "importing/test_example.py": "slow",
    "importing/test_story.py": "slow",
    "live/test_fanout.py": "slow",
    "live/test_fuzz.py": "slow",
    "live/test_interleavings.py": "slow",
    "live/test_replay.py::test_the_script_of_a_long_sitting": "slow",
    "live/test_replay.py::test_whatever_happens_the_frames_lead_to_a_fresh_snapshot": "slow",
    "live/test_engine_contract.py": "slow",
    "plan/test_block_sequences.py": "slow",
    "programme/test_sums.py::test_any_sequence_of_edits_keeps_sums_and_earmarks": "slow",
    "setup/test_region_bench.py": "slow",
    "transparency/test_verify.py": "slow",
    "upkeep/test_backup.py::test_a_backup_that_nobody_follows_is_restored_as_it_was": "slow",
    "upkeep/test_restore.py": "slow",
    "tutorial/test_tutorial.py::test_whoever_follows_the_tutorial_has_a_message_that_works": "slow",
    "web/test_openapi.py::test_every_operation_answers_as_described": "slow",
}


def mark(items: Sequence[pytest.Item], tests: Path) -> None:
    """Give each collected test the marks of the table."""
    long = slow_tests.listed()
    for item in items:
        named = {*places(item, tests)}
        for where in named & MARKED.keys():
            item.add_marker(MARKED[where])
        if named & long.keys():
            item.add_marker("slow")


def longest_first(items: list[pytest.Item], tests: Path) -> None:
    """Bring the files with marked tests to the front, so that none of them is what all wait for.

    First what needs a browser, in its own order, since one product is shared by all of it; then
    what is slow, from the file that takes longest to the one that takes least.
    """
    seconds = slow_tests.by_module()
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    seen = {item.path for item in items if item.get_closest_marker("browser")}

    def place(item: pytest.Item) -> tuple[bool, bool, float]:
        is_slow = item.path in slow - seen
        module = str(item.path.relative_to(tests))
        return item.path not in seen, not is_slow, -seconds.get(module, 0) if is_slow else 0

    items.sort(key=place)


def places(item: pytest.Item, tests: Path) -> list[str]:
    """The names by which the table can mean a test, from its folder to itself."""
    module = item.path.relative_to(tests)
    folders = [str(folder) for folder in module.parents]
    name = getattr(item, "originalname", item.name)
    return [*folders, str(module), f"{module}::{name}"]
