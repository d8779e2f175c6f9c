"""0003: a point of before has no running note; a table has no stock phrase."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.old_rows import WHEN
from tests.support.scratch_database import Scratch

NOTE = f"INSERT INTO running_note VALUES (1, 'Si discute.', 1, 1, {WHEN})"
PHRASE = "INSERT INTO stock_phrase (table_id, body) VALUES (1, 'Si approva.')"


def test_a_point_of_before_takes_one_note(old: Scratch) -> None:
    old.upgrade("0002")
    before = old.rows()
    old.upgrade("0003")
    assert old.rows() == {**before, "running_note": [], "stock_phrase": []}
    old.run(NOTE, PHRASE)
    for again in (NOTE, PHRASE):
        with pytest.raises(IntegrityError):
            old.run(again)


def test_notes_are_all_that_is_lost_on_the_way_down(old: Scratch) -> None:
    old.upgrade("0002")
    before = old.rows()
    old.upgrade("0003")
    old.run(NOTE, PHRASE)
    old.downgrade("0002")
    assert old.rows() == before
