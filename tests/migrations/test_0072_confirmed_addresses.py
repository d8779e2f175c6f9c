"""0072: accounts of before count as confirmed, and are as they were when the schema goes back."""

from __future__ import annotations

from tests.support.scratch_database import Scratch

_PERSON = """INSERT INTO person (id, email, display_name, demo, created_at)
    VALUES (901, 'nobody-else@example.org', 'Anna', false, '2018-03-05 16:00+00')"""
_LINK = """INSERT INTO address_link (token_digest, person_id, address, expires_at)
    VALUES (sha256('secret'), 901, 'nobody-else@example.org', now())"""


def test_accounts_of_before_are_confirmed_since_they_were_opened(old: Scratch) -> None:
    old.upgrade("0071")
    old.run(_PERSON)
    before = old.rows()
    old.upgrade("0072")
    since = "SELECT email_confirmed_at = created_at FROM person WHERE id = 901"
    assert old.value(since) is True
    old.run(_LINK)
    old.downgrade("0071")
    assert old.rows() == before
