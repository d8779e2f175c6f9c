"""0018: addresses are folded, or the upgrade stops and says where; tokens get scopes and an end."""

from __future__ import annotations

import pytest

from consultazione.core.migrate import MigrationRefused
from tests.support.scratch_database import Scratch

_PERSON = """INSERT INTO person (id, email, display_name, demo, created_at)
    VALUES ({id}, '{email}', 'Anna', false, now())"""
_TOKEN = """INSERT INTO api_token (token_digest, person_id, label, created_at)
    SELECT sha256('key'), max(id), 'a program', '2018-03-05 16:00+00' FROM person"""
_SPELT = "Anna@ｄｅｍｏ.example"


def test_addresses_are_folded_and_tokens_end_within_a_year(old: Scratch) -> None:
    old.upgrade("0017")
    old.run(
        _PERSON.format(id=901, email=_SPELT), _PERSON.format(id=902, email="no address"), _TOKEN
    )
    old.upgrade("0018")
    folded = "SELECT count(*) FROM person WHERE email IN ('anna@demo.example', 'no address')"
    assert old.value(folded) == 2
    assert old.value("SELECT scopes FROM api_token") == ["read", "write", "sittings", "plan"]
    ends = "SELECT expires_at BETWEEN now() + interval '364 days' AND now() + interval '365 days'"
    assert old.value(f"{ends} FROM api_token") is True
    assert old.value("SELECT used_at FROM api_token") is None


def test_two_accounts_of_one_address_stop_the_upgrade(old: Scratch) -> None:
    old.upgrade("0017")
    old.run(_PERSON.format(id=901, email=_SPELT), _PERSON.format(id=902, email="anna@demo.example"))
    before = old.rows()
    with pytest.raises(MigrationRefused, match="differ in the spelling"):
        old.upgrade("0018")
    assert old.rows() == before


def test_what_was_added_goes_and_the_accounts_stay(old: Scratch) -> None:
    old.upgrade("0017")
    old.run(_PERSON.format(id=901, email="bruna@example.org"), _TOKEN)
    old.run("UPDATE person SET email = lower(email)")
    before = old.rows()
    old.upgrade("0018")
    old.downgrade("0017")
    assert old.rows() == before
