"""0086: one account, one person at the gateway; sign-ins by it end with the step back."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch

_PERSON = """INSERT INTO person (id, email, display_name, demo, created_at)
    VALUES (901, 'nobody-else@example.org', 'Anna', false, now())"""
_IDENTITY = """INSERT INTO gateway_identity (subject_digest, person_id, level, linked_at, used_at)
    VALUES (sha256('{name}'), 901, {level}, now(), now())"""
_SIGN_IN = """INSERT INTO sign_in
    (token_digest, person_id, device, created_at, seen_at, expires_at, by, gateway_level)
    VALUES (sha256('a'), 901, 'x', now(), now(), now(), 'gateway', 2)"""


def test_an_account_is_one_persons(old: Scratch) -> None:
    old.upgrade("0085")
    old.run(_PERSON)
    before = old.rows()
    old.upgrade("0086")
    with pytest.raises(IntegrityError):
        old.run(_IDENTITY.format(name="a", level=4))
    old.run(_IDENTITY.format(name="a", level=2), _SIGN_IN)
    with pytest.raises(IntegrityError):
        old.run(_IDENTITY.format(name="b", level=2))
    old.downgrade("0085")
    assert old.rows() == before
