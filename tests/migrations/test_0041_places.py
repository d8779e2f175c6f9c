"""0041: places in the hall; the rows of before stay, without a limit."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch

_ROW = """INSERT INTO hall_registration (sitting_id, person_id, state, registered_at, placed_at,
    withdrawn_at) SELECT id, 2, {} FROM sitting WHERE id = (SELECT min(id) FROM sitting)"""
_PLACED = _ROW.format("'placed', now(), now(), NULL")
_WAITING = _ROW.format("'waiting', now(), NULL, NULL")
_GONE = _ROW.format("'withdrawn', now(), NULL, now()")


def test_rows_of_before_have_no_limit(old: Scratch) -> None:
    old.upgrade("0040")
    before = old.rows()
    old.upgrade("0041")
    assert old.value("SELECT count(places) FROM sitting") == 0
    old.run("UPDATE sitting SET places = 40", _PLACED, _GONE, _GONE)
    assert old.value("SELECT count(*) FROM hall_registration") == 3
    old.downgrade("0040")
    assert old.rows() == before


@pytest.mark.parametrize(
    "wrong",
    [
        "UPDATE sitting SET places = 0",
        f"{_PLACED}; {_WAITING}",
        _ROW.format("'placed', now(), NULL, NULL"),
        _ROW.format("'waiting', now(), now(), NULL"),
        _ROW.format("'withdrawn', now(), now(), NULL"),
        _ROW.format("'forgotten', now(), NULL, NULL"),
    ],
)
def test_what_the_database_refuses(old: Scratch, wrong: str) -> None:
    old.upgrade("0041")
    with pytest.raises(IntegrityError):
        old.run(wrong)
