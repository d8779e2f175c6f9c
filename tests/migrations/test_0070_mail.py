"""0070: there is an outbox of mail, and whoever has an account reads Italian."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch

_PERSON = """INSERT INTO person (id, email, display_name, demo, created_at)
    VALUES (901, 'nobody-else@example.org', 'Anna', false, now())"""
_MAIL = """INSERT INTO mail (kind, person_id, address, language, owed_at, state, attempts, due_at)
    VALUES ('password_changed', 901, 'nobody-else@example.org', 'it', now(), '{state}', 0, now())"""


def test_accounts_of_before_read_italian_and_come_back_as_they_were(old: Scratch) -> None:
    old.upgrade("0068")
    old.run(_PERSON)
    before = old.rows()
    old.upgrade("0070")
    assert old.value("SELECT language FROM person WHERE id = 901") == "it"
    old.run(_MAIL.format(state="owed"))
    old.downgrade("0068")
    assert old.rows() == before


def test_a_mail_that_is_settled_keeps_no_address(old: Scratch) -> None:
    old.upgrade("0070")
    old.run(_PERSON)
    with pytest.raises(IntegrityError, match="ck_mail_forgotten"):
        old.run(_MAIL.format(state="sent"))
