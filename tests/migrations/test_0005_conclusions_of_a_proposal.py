"""0005: conclusions of before are found by their proposal, too."""

from __future__ import annotations

from sqlalchemy import inspect

from tests.support.old_rows import with_an_old_sitting
from tests.support.scratch_database import Scratch

INDEX = "ix_conclusion_proposal_id"


def test_rows_of_before_stand_in_the_index(scratch: Scratch) -> None:
    with_an_old_sitting(scratch, "0004")
    before = scratch.rows()
    scratch.upgrade("0005")
    assert scratch.rows() == before
    assert indexed(scratch) == ["proposal_id"]
    assert (
        scratch.value(
            "SELECT reltuples::int FROM pg_class WHERE relname = 'ix_conclusion_proposal_id'"
        )
        == 1
    )


def test_the_index_goes_and_the_rows_stay(scratch: Scratch) -> None:
    with_an_old_sitting(scratch, "0005")
    before = scratch.rows()
    scratch.downgrade("0004")
    assert scratch.rows() == before
    assert indexed(scratch) == []


def indexed(scratch: Scratch) -> list[str]:
    """The columns of the index; none if there is no such index."""
    indexes = inspect(scratch.engine).get_indexes("conclusion")
    return [str(name) for one in indexes if one["name"] == INDEX for name in one["column_names"]]
