"""0002: a sitting of before asks for no quorum, and its polls say nothing of one."""

from __future__ import annotations

from tests.support.scratch_database import Scratch, only


def test_a_sitting_of_before_has_no_quorum(old: Scratch) -> None:
    before = old.rows()
    old.upgrade("0002")
    after = old.rows()
    assert only(after, before) == only(before, before)
    assert [row["quorum"] for row in after["sitting"]] == [None]
    assert [row["standing"] for row in after["poll"]] == [None]


def test_a_quorum_is_all_that_is_lost_on_the_way_down(old: Scratch) -> None:
    before = old.rows()
    old.upgrade("0002")
    old.run(
        """UPDATE sitting SET quorum = '{"kind": "persons", "least": 3}'""",
        """UPDATE poll SET standing = '{"reached": true}'""",
    )
    old.downgrade("0001")
    assert old.rows() == before
