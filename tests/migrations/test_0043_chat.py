"""0043: chats and applause; a zone forgets its chats unless it says otherwise."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.old_rows import WHEN
from tests.support.scratch_database import Scratch

_CHAT = "INSERT INTO chat (sitting_id, is_open, kept, version) VALUES (1, true, true, 1)"
_MESSAGE = f"""INSERT INTO chat_message (sitting_id, person_id, body, written_at, version)
    VALUES (1, 1, 'Ciao', {WHEN}, 1)"""
_APPLAUSE = "INSERT INTO applause (hand_id, point_id, count, counted_at) VALUES ({}, {}, {}, {})"


def test_rows_of_before_stay(old: Scratch) -> None:
    old.upgrade("0042")
    before = old.rows()
    old.upgrade("0043")
    assert old.value("SELECT chat_kept FROM zone") is False
    old.run(_CHAT, _MESSAGE, _APPLAUSE.format("NULL", 1, 34, WHEN))
    old.downgrade("0042")
    assert old.rows() == before


@pytest.mark.parametrize(
    "wrong",
    [
        f"UPDATE chat SET forget_after = {WHEN}",
        f"UPDATE chat SET forget_after = {WHEN}, is_open = false, kept = false",
        _MESSAGE.replace("(1, 1,", "(2, 1,"),
        _APPLAUSE.format("NULL", "NULL", 1, WHEN),
        _APPLAUSE.format("NULL", 1, 0, WHEN),
    ],
)
def test_what_the_database_refuses(old: Scratch, wrong: str) -> None:
    old.upgrade("0043")
    old.run(_CHAT)
    with pytest.raises(IntegrityError):
        old.run(wrong)
