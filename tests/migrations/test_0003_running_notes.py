"""0003: a point of before has no running note; a table has no stock phrase."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.old_rows import WHEN, with_an_old_sitting
from tests.support.scratch_database import Scratch

NOTE = f"INSERT INTO running_note VALUES (1, 'Si discute.', 1, 1, {WHEN})"
PHRASE = "INSERT INTO stock_phrase (table_id, body) VALUES (1, 'Si approva.')"


def test_a_point_of_before_takes_one_note(scratch: Scratch) -> None:
    with_an_old_sitting(scratch, "0002")
    before = scratch.rows()
    scratch.upgrade("0003")
    assert scratch.rows() == {**before, "running_note": [], "stock_phrase": []}
    scratch.run(NOTE, PHRASE)
    for again in (NOTE, PHRASE):
        with pytest.raises(IntegrityError):
            scratch.run(again)


def test_notes_are_all_that_is_lost_on_the_way_down(scratch: Scratch) -> None:
    with_an_old_sitting(scratch, "0002")
    before = scratch.rows()
    scratch.upgrade("0003")
    scratch.run(NOTE, PHRASE)
    scratch.downgrade("0002")
    assert scratch.rows() == before
