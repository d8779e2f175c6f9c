"""0008: nothing of before is a rehearsal, and the log of before only grows."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.support.old_rows import WHEN
from tests.support.scratch_database import Scratch, only

REHEARSAL = f"""INSERT INTO sitting
    (id, table_id, title, place, starts_at, state, convened_at, demo, rehearses)
    VALUES (nextval('rehearsal_number'), 1, 'Prova', 'Sala', {WHEN}, 'convened', {WHEN}, false,
        1)"""
END_IT = "DELETE FROM sitting WHERE rehearses IS NOT NULL"


def test_what_was_there_is_no_rehearsal_and_cannot_be_deleted(old: Scratch) -> None:
    old.upgrade("0007")
    before = old.rows()
    old.upgrade("0008")
    after = old.rows()
    assert only(after, before) == only(before, before)
    assert [row["rehearses"] for row in after["sitting"]] == [None]
    assert [row["rehearsal"] for row in after["done_act"]] == [None]
    for table in ("log_entry", "log_stream"):
        with pytest.raises(DBAPIError, match="the log only grows"):
            old.run(f"DELETE FROM {table}")


def test_a_sitting_of_before_is_rehearsed_once_with_a_number_of_its_own(old: Scratch) -> None:
    old.upgrade("0008")
    old.run(REHEARSAL)
    assert old.value("SELECT max(id) FROM sitting") == 10**12
    with pytest.raises(IntegrityError):
        old.run(REHEARSAL)
    with pytest.raises(IntegrityError):
        old.run("UPDATE sitting SET rehearses = NULL WHERE id > 1")


def test_on_the_way_down_the_log_can_be_deleted_from_as_before(old: Scratch) -> None:
    old.upgrade("0007")
    before = old.rows()
    old.upgrade("0008")
    old.downgrade("0007")
    assert old.rows() == before
    old.run("DELETE FROM log_entry", "DELETE FROM log_stream")


def test_there_is_no_way_down_while_something_is_rehearsed(old: Scratch) -> None:
    """The older schema would take a rehearsal for a sitting, and the way up would then be shut."""
    old.upgrade("0008")
    old.run(REHEARSAL)
    before = old.rows()
    with pytest.raises(RuntimeError, match="end its rehearsal"):
        old.downgrade("0007")
    assert old.rows() == before
    old.run(END_IT)
    old.downgrade("0007")
    old.upgrade("0008")
