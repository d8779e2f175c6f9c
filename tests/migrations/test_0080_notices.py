"""0080: whoever wrote a proposal before follows it, and nothing else changes."""

from __future__ import annotations

from tests.support.scratch_database import Scratch

_FOLLOWED = "SELECT kind || ':' || subject_id FROM follow WHERE person_id = 2 AND ended_at IS NULL"


def test_authors_of_before_follow_their_proposals(old: Scratch) -> None:
    old.upgrade("0072")
    before = old.rows()
    old.upgrade("0080")
    assert old.value(_FOLLOWED) == "proposal:1"
    old.downgrade("0072")
    assert old.rows() == before
