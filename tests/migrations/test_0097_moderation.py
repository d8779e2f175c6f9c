"""0097: what was written before stays as it is, up and down; nothing is hidden."""

from __future__ import annotations

from tests.support.scratch_database import Scratch


def test_moderation_comes_and_goes(old: Scratch) -> None:
    old.upgrade("0095")
    before = old.rows()
    old.upgrade("0097")
    assert old.value("SELECT count(*) FROM proposal WHERE hidden_at IS NOT NULL") == 0
    old.downgrade("0095")
    assert old.rows() == before
