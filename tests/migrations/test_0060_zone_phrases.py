"""0060: phrases of tables stay; those of zones come, and go on the way back."""

from __future__ import annotations

from tests.support.scratch_database import Scratch


def test_there_and_back(old: Scratch) -> None:
    old.upgrade("0059c")
    before = old.rows()
    old.upgrade("0060")
    old.run("INSERT INTO zone_phrase (zone_id, body, version) VALUES (1, 'Si apre.', 1)")
    assert old.value("SELECT count(*) FROM zone_phrase WHERE retired_at IS NULL") == 1
    old.downgrade("0059c")
    assert old.rows() == before
