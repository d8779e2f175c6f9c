"""0105: comments of before were not sent by mail, and a mail is taken once."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch

_PERSON = """INSERT INTO person (id, email, display_name, demo, created_at, language)
    VALUES (901, 'nobody-else@example.org', 'Anna', false, now(), 'it')"""
_COMMENT = """INSERT INTO comment
    (proposal_id, author_id, category, position, leaf, at, version, demo)
    SELECT id, author_id, 'citizen', 'neutral', 901, now(), 1, false FROM proposal LIMIT 1"""
_TAKEN = """INSERT INTO taken_mail (mail_key, sender_key, person_id, at, body, mail_id)
    VALUES (sha256('one'), sha256('anna'), 901, now(), {body}, NULL)"""


def test_a_mail_is_taken_once_and_a_refused_text_waits_for_its_answer(old: Scratch) -> None:
    old.upgrade("0104")
    old.run(_PERSON, _COMMENT)
    before = old.rows()
    old.upgrade("0105")
    assert {row["by_mail"] for row in old.rows()["comment"]} == {False}
    with pytest.raises(IntegrityError, match="ck_taken_mail_answered"):
        old.run(_TAKEN.format(body="'parole'"))
    old.run(_TAKEN.format(body="NULL"))
    with pytest.raises(IntegrityError, match="uq_taken_mail_mail_key"):
        old.run(_TAKEN.format(body="NULL"))
    old.downgrade("0104")
    assert old.rows() == before
