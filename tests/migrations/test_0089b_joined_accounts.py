"""0089b: an account leads to another, never to itself."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch

_PERSON = """INSERT INTO person (id, email, display_name, demo, created_at)
    VALUES ({id}, 'nobody{id}@example.org', 'Zoe Zanardi', false, now())"""


def test_accounts_that_were_joined_stand_apart_when_the_schema_goes_back(old: Scratch) -> None:
    old.upgrade("0089")
    for one in (901, 902):
        old.run(_PERSON.format(id=one))
    before = old.rows()
    old.upgrade("0089b")
    old.run("UPDATE person SET merged_into = 902 WHERE id = 901")
    with pytest.raises(IntegrityError, match="ck_person_merged"):
        old.run("UPDATE person SET merged_into = 902 WHERE id = 902")
    old.downgrade("0089")
    assert old.rows() == before
