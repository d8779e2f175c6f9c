"""0093: comments of before answer none and speak of the whole; an anchor is whole or none."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch, only

_COMMENT = """INSERT INTO comment
    (proposal_id, author_id, category, position, leaf, at, version, demo)
    SELECT id, author_id, 'citizen', 'neutral', 901, now(), 1, false FROM proposal LIMIT 1"""


def test_comments_of_before_stay_as_they_are_both_ways(old: Scratch) -> None:
    old.upgrade("0092")
    old.run(_COMMENT)
    before = old.rows()
    old.upgrade("0093")
    assert only(old.rows(), before) == only(before, before)
    with pytest.raises(IntegrityError):
        old.run("UPDATE comment SET part = 'body'")
    old.run("UPDATE comment SET part = 'body', paragraph = 1, text_version = 1")
    old.downgrade("0092")
    assert old.rows() == before
