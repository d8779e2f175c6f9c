"""0015: heads follow entries, erasures are said, and what was there before stays as it is."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError

from tests.support.scratch_database import Scratch

BACK = "UPDATE log_stream SET number = 0, digest = decode(repeat('00', 32), 'hex')"
ERASE = "UPDATE log_text SET sealed = NULL"
TEXT = """INSERT INTO log_text (position, field, leaf, sealed)
    SELECT position, 'reason', 0, 'words' FROM log_entry"""


def test_rows_stay_and_are_guarded_from_now_on(old: Scratch) -> None:
    old.upgrade("0014")
    old.run(TEXT)
    before = old.rows()
    old.upgrade("0015")
    assert old.rows() == before
    with pytest.raises(DBAPIError, match="moves on with its entries"):
        old.run(BACK)
    with pytest.raises(DBAPIError, match="with an entry that says so"):
        old.run(ERASE)
    assert old.rows() == before


def test_a_stream_of_before_goes_on(old: Scratch) -> None:
    old.upgrade("0015")
    old.run(
        """INSERT INTO log_entry (stream, number, kind, data, at, salt, digest, prev_digest)
        SELECT stream, 2, kind, data, at, salt, sha256('next'), digest FROM log_entry""",
        "UPDATE log_stream SET number = 2, digest = sha256('next')",
    )
    assert old.value("SELECT number FROM log_stream") == 2


def test_on_the_way_down_nothing_is_guarded_as_before(old: Scratch) -> None:
    old.upgrade("0014")
    old.run(TEXT)
    before = old.rows()
    old.upgrade("0015")
    old.downgrade("0014")
    assert old.rows() == before
    old.run(BACK, ERASE)
