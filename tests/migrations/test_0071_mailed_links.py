"""0071: an administrator's link stays when one is mailed, and when the schema goes back."""

from __future__ import annotations

from tests.support.scratch_database import Scratch

_PERSON = """INSERT INTO person (id, email, display_name, demo, created_at)
    VALUES (901, 'nobody-else@example.org', 'Anna', false, now())"""
_LINK = """INSERT INTO password_link (token_digest, person_id, made_at, expires_at)
    VALUES (sha256('given'), 901, now(), now())"""
_MAILED = """INSERT INTO password_link (token_digest, person_id, made_at, expires_at, mailed)
    VALUES (sha256('mailed'), 901, now(), now(), true)"""


def test_a_mailed_link_stands_beside_one_that_was_given(old: Scratch) -> None:
    old.upgrade("0070")
    old.run(_PERSON, _LINK)
    before = old.rows()
    old.upgrade("0071")
    assert old.value("SELECT mailed FROM password_link") is False
    old.run(_MAILED)
    old.downgrade("0070")
    assert old.rows() == before
