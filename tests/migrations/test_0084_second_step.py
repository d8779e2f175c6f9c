"""0084: sign-ins of before were by password; back again, those by other ways end."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch

_PERSON = """INSERT INTO person (id, email, display_name, demo, created_at)
    VALUES (901, 'nobody-else@example.org', 'Anna', false, now())"""
_SIGN_IN = """INSERT INTO sign_in
    (token_digest, person_id, device, created_at, seen_at, expires_at{more})
    VALUES (sha256('{name}'), 901, 'x', now(), now(), now(){values})"""
_LINK = """INSERT INTO password_link (token_digest, person_id, made_at, expires_at{more})
    VALUES (sha256('{name}'), 901, now(), now(){values})"""


def test_old_sign_ins_are_by_password_and_others_go_with_the_step_back(old: Scratch) -> None:
    old.upgrade("0081")
    old.run(_PERSON, _SIGN_IN.format(name="a", more="", values=""))
    old.run(_LINK.format(name="l", more="", values=""))
    before = old.rows()
    old.upgrade("0084")
    assert old.value("SELECT by FROM sign_in") == "password"
    assert old.value("SELECT resets FROM password_link") == "password"
    old.run(
        _SIGN_IN.format(name="b", more=", by", values=", 'passkey'"),
        _LINK.format(name="m", more=", resets", values=", 'second_step'"),
        "INSERT INTO second_step (person_id, used_step, since) VALUES (901, 0, now())",
        "INSERT INTO recovery_code (person_id, digest) VALUES (901, sha256('c'))",
    )
    with pytest.raises(IntegrityError):
        old.run(_SIGN_IN.format(name="c", more=", by", values=", 'gateway'"))
    old.downgrade("0081")
    assert old.rows() == before
