"""0104: a person has one private calendar, and what they attended stays as it was."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch

_PERSON = """INSERT INTO person (id, email, display_name, demo, created_at, language)
    VALUES (901, 'nobody-else@example.org', 'Anna', false, now(), 'it')"""
_ADDRESS = """INSERT INTO calendar_address (person_id, token_digest, made_at)
    VALUES (901, sha256('{secret}'), now())"""


def test_a_person_has_one_address(old: Scratch) -> None:
    old.upgrade("0103")
    old.run(_PERSON)
    before = old.rows()
    old.upgrade("0104")
    old.run(_ADDRESS.format(secret="one"))
    with pytest.raises(IntegrityError, match="uq_calendar_address_person_id"):
        old.run(_ADDRESS.format(secret="two"))
    old.downgrade("0103")
    assert old.rows() == before
