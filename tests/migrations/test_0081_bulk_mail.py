"""0081: mails that are owed already are no mails in bulk, and go out one by one as before."""

from __future__ import annotations

from tests.support.scratch_database import Scratch

_MAIL = """INSERT INTO mail (kind, person_id, language, owed_at, state, attempts, due_at)
    VALUES ('password_changed', 2, 'it', now(), 'owed', 0, now())"""


def test_mails_of_before_go_out_one_by_one(old: Scratch) -> None:
    old.upgrade("0080")
    old.run(_MAIL)
    before = old.rows()
    old.upgrade("0081")
    assert old.value("SELECT bulk FROM mail") is False
    old.downgrade("0080")
    assert old.rows() == before
