"""0005: conclusions of before are found by their proposal, too."""

from __future__ import annotations

from sqlalchemy import inspect

from tests.support.scratch_database import Scratch

INDEX = "ix_conclusion_proposal_id"


def test_rows_of_before_stand_in_the_index(old: Scratch) -> None:
    old.upgrade("0004")
    before = old.rows()
    old.upgrade("0005")
    assert old.rows() == before
    assert indexed(old) == ["proposal_id"]
    assert old.value(f"SELECT reltuples::int FROM pg_class WHERE relname = '{INDEX}'") == 1


def test_the_index_goes_and_the_rows_stay(old: Scratch) -> None:
    old.upgrade("0005")
    before = old.rows()
    old.downgrade("0004")
    assert old.rows() == before
    assert indexed(old) == []


def indexed(old: Scratch) -> list[str]:
    """The columns of the index; none if there is no such index."""
    indexes = inspect(old.engine).get_indexes("conclusion")
    return [str(name) for one in indexes if one["name"] == INDEX for name in one["column_names"]]
