"""0045: what changes who counts in a room moves the mark on too, and nothing else of a person."""

from __future__ import annotations

import pytest

from tests.support.scratch_database import Scratch

MARK = "SELECT number FROM erasure_mark"
CHANGES = [
    "UPDATE person SET assurance = 2",
    "UPDATE person SET display_name = 'Nobody'",
    "UPDATE mandate SET ended_at = now()",
    "UPDATE mandate SET ends_on = NULL",
]


def test_there_and_back(old: Scratch) -> None:
    old.upgrade("0044")
    before = old.rows()
    old.upgrade("0045")
    assert old.rows() == before
    old.downgrade("0044")
    assert old.rows() == before
    first = old.value(MARK) or 0
    old.run("UPDATE person SET assurance = 2", "UPDATE mandate SET ended_at = now()")
    assert (old.value(MARK) or 0) == first
    old.run("UPDATE person SET display_name = 'Nobody'")
    assert old.value(MARK) == first + 1


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_moves_the_mark(old: Scratch, change: str) -> None:
    old.upgrade("0045")
    first = old.value(MARK) or 0
    old.run(change)
    assert old.value(MARK) == first + 1


def test_other_changes_leave_it(old: Scratch) -> None:
    old.upgrade("0045")
    first = old.value(MARK)
    old.run("UPDATE person SET email = NULL", "UPDATE mandate SET act = 'Another'")
    assert old.value(MARK) == first
