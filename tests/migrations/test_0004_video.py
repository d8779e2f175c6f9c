"""0004: a sitting of before is on no video."""

from __future__ import annotations

from tests.support.scratch_database import Scratch, only


def test_a_sitting_of_before_is_on_no_video(old: Scratch) -> None:
    old.upgrade("0003")
    before = old.rows()
    old.upgrade("0004")
    after = old.rows()
    assert only(after, before) == only(before, before)
    assert [row["video_url"] for row in after["sitting"]] == [None]


def test_the_address_is_all_that_is_lost_on_the_way_down(old: Scratch) -> None:
    old.upgrade("0003")
    before = old.rows()
    old.upgrade("0004")
    old.run("UPDATE sitting SET video_url = 'https://meet.example/cura'")
    old.downgrade("0003")
    assert old.rows() == before
