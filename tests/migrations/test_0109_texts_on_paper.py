"""0109: texts on paper come and go, each with an account and a code of its own."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch

_PERSON = """INSERT INTO person (id, display_name, demo, created_at, language)
    VALUES ({id}, 'A. R.', false, now(), 'it')"""
_PAPER = """INSERT INTO paper_text (table_id, person_id, entered_by, kind, received_on,
        received_at, code, entered_at)
    SELECT id, {person}, 901, 'proposal', '2018-02-05', 'qui', '{code}', now()
    FROM thematic_table LIMIT 1"""


def test_each_has_an_account_and_a_code_of_its_own(old: Scratch) -> None:
    old.upgrade("0108")
    old.run(_PERSON.format(id=901), _PERSON.format(id=902))
    before = old.rows()
    old.upgrade("0109")
    old.run(_PAPER.format(person=902, code="A"))
    for person, code, name in ((902, "B", "person_id"), (901, "A", "code")):
        with pytest.raises(IntegrityError, match=f"uq_paper_text_{name}"):
            old.run(_PAPER.format(person=person, code=code))
    old.downgrade("0108")
    assert old.rows() == before
