"""0017: what erases or renames moves the mark on, whoever does it; rows of before stay."""

from __future__ import annotations

import pytest

from tests.support.scratch_database import Scratch

MARK = "SELECT number FROM erasure_mark"


def test_rows_of_before_stay_and_come_back(old: Scratch) -> None:
    old.upgrade("0016")
    before = old.rows()
    old.upgrade("0017")
    assert old.rows() == {**before, "erasure_mark": []}
    old.downgrade("0016")
    assert old.rows() == before


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE log_text SET sealed = NULL",
        "UPDATE person SET display_name = 'Nobody'",
        "UPDATE organisation SET name = 'Another'",
    ],
)
def test_each_change_moves_the_mark(old: Scratch, change: str) -> None:
    old.upgrade("0017")
    old.run(change)
    assert old.value(MARK) == 1
    old.run(change, change)
    assert old.value(MARK) == 3


def test_other_changes_leave_it(old: Scratch) -> None:
    old.upgrade("0017")
    old.run("UPDATE person SET email = NULL", "UPDATE organisation SET category = category")
    assert old.value(MARK) is None
