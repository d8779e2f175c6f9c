"""0010: hands of before are found by their sitting, too."""

from __future__ import annotations

from sqlalchemy import inspect

from tests.support.old_rows import with_an_old_sitting
from tests.support.scratch_database import Scratch

INDEX = "ix_hand_sitting_id"


def test_rows_of_before_stand_in_the_index(scratch: Scratch) -> None:
    with_an_old_sitting(scratch, "0009")
    before = scratch.rows()
    scratch.upgrade("0010")
    assert scratch.rows() == before
    assert indexed(scratch) == ["sitting_id"]
    assert scratch.value(f"SELECT reltuples::int FROM pg_class WHERE relname = '{INDEX}'") == 1


def test_the_index_goes_and_the_rows_stay(scratch: Scratch) -> None:
    with_an_old_sitting(scratch, "0010")
    before = scratch.rows()
    scratch.downgrade("0009")
    assert scratch.rows() == before
    assert indexed(scratch) == []


def indexed(scratch: Scratch) -> list[str]:
    """The columns of the index; none if there is no such index."""
    indexes = inspect(scratch.engine).get_indexes("hand")
    return [str(name) for one in indexes if one["name"] == INDEX for name in one["column_names"]]
