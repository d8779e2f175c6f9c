"""0004: a sitting of before is on no video."""

from __future__ import annotations

from tests.support.old_rows import with_an_old_sitting
from tests.support.scratch_database import Scratch, only


def test_a_sitting_of_before_is_on_no_video(scratch: Scratch) -> None:
    with_an_old_sitting(scratch, "0003")
    before = scratch.rows()
    scratch.upgrade("0004")
    after = scratch.rows()
    assert only(after, before) == only(before, before)
    assert [row["video_url"] for row in after["sitting"]] == [None]


def test_the_address_is_all_that_is_lost_on_the_way_down(scratch: Scratch) -> None:
    with_an_old_sitting(scratch, "0003")
    before = scratch.rows()
    scratch.upgrade("0004")
    scratch.run("UPDATE sitting SET video_url = 'https://meet.example/cura'")
    scratch.downgrade("0003")
    assert scratch.rows() == before
