"""0034: tables get a rule that keeps what was, substitutes' ballots name whom they stood for."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch

RULE = "SELECT rule ->> '{}' FROM thematic_table WHERE id = 1"
COLUMNS = """SELECT count(*) FROM information_schema.columns
    WHERE (table_name, column_name) IN (('thematic_table', 'rule'), ('person', 'assurance'),
        ('attendance', 'in_charge'), ('poll', 'basis'), ('ballot', 'represents_id'))"""


def test_tables_keep_what_was(old: Scratch) -> None:
    old.upgrade("0033")
    before = old.rows()
    old.run("UPDATE thematic_table SET kind = 'union_consultation' WHERE id = 1")
    old.upgrade("0034")
    assert [old.value(RULE.format(deed)) for deed in ("attend", "speak", "propose", "vote")] == [
        "anybody", "anybody", "unions", "anybody",
    ]  # fmt: skip
    assert old.value("SELECT max(assurance) FROM person") == 0
    with pytest.raises(IntegrityError):
        old.run("UPDATE person SET assurance = 3")
    old.downgrade("0033")
    assert old.value(COLUMNS) == 0
    old.run("UPDATE thematic_table SET kind = 'thematic' WHERE id = 1")
    assert old.rows().keys() == before.keys()


def test_where_unions_have_seats_they_alone_speak_and_vote(old: Scratch) -> None:
    old.upgrade("0033")
    old.run("UPDATE thematic_table SET kind = 'union_consultation'")
    old.run("UPDATE organisation SET category = 'union'")
    old.run("DELETE FROM seat")
    old.run("INSERT INTO seat SELECT 1, min(id) FROM organisation")
    old.upgrade("0034")
    assert [old.value(RULE.format(deed)) for deed in ("attend", "speak", "vote", "hall")] == [
        "anybody", "unions", "unions", "false",
    ]  # fmt: skip
    others = "SELECT count(*) FROM thematic_table WHERE rule ->> 'vote' = 'unions'"
    assert old.value(others) == 1


def test_a_substitutes_ballot_names_whom_they_stood_for(old: Scratch) -> None:
    old.upgrade("0033")
    other = "SELECT min(id) FROM person WHERE id <> (SELECT person_id FROM ballot LIMIT 1)"
    old.run(f"UPDATE mandate SET person_id = ({other})")
    old.run("UPDATE ballot SET mandate_id = (SELECT min(id) FROM mandate)")
    old.upgrade("0034")
    assert old.value("SELECT max(represents_id) FROM ballot") == old.value(
        "SELECT min(person_id) FROM mandate"
    )
