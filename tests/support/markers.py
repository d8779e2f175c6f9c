"""Which tests are left out by ``make test-fast``: one table, by folder, module or test."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

# `browser`: what needs a Chromium. `slow`: what starts the whole product or its servers again,
# kills them, fills sockets, or tries things by the thousand; every attack that is known; what loads
# a whole demonstration, or tries sequences of edits; and each migration there and back:
# `architecture/test_migrations.py` tries whether the next keeps the data.
MARKED = {
    "browser": "browser",
    "chaos": "slow",
    "embedded": "slow",
    "migrations": "slow",
    "security": "slow",
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
    "tutorial/test_tutorial.py::test_whoever_follows_the_tutorial_has_a_message_that_works": "slow",
    "web/test_openapi.py::test_every_operation_answers_as_described": "slow",
}


def mark(items: Sequence[pytest.Item], tests: Path) -> None:
    """Give each collected test the marks of the table."""
    for item in items:
        for where in {*places(item, tests)} & MARKED.keys():
            item.add_marker(MARKED[where])


def places(item: pytest.Item, tests: Path) -> list[str]:
    """The names by which the table can mean a test, from its folder to itself."""
    module = item.path.relative_to(tests)
    folders = [str(folder) for folder in module.parents]
    name = getattr(item, "originalname", item.name)
    return [*folders, str(module), f"{module}::{name}"]
