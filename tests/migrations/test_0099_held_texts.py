"""0099: no text waits to be read, and the others stay as they are, up and down."""

from __future__ import annotations

from tests.support.scratch_database import Scratch


def test_held_texts_come_and_go(old: Scratch) -> None:
    old.upgrade("0098")
    before = old.rows()
    old.upgrade("0099")
    assert old.value("SELECT count(*) FROM held_text") == 0
    old.downgrade("0098")
    assert old.rows() == before
