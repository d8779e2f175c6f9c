"""0007: the sitting of before has no statements and no commitments."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.old_rows import WHEN
from tests.support.scratch_database import Scratch

STATEMENT = """INSERT INTO statement
    (sitting_id, point_id, poll_id, person_id, category, kind, body, state, made_at)
    VALUES (1, 1, {poll}, 2, 'citizen', '{kind}', 'A verbale.', 'made', {when})"""
COMMITMENT = """INSERT INTO commitment (sitting_id, body, person_id, organisation_id, due_on, state)
    VALUES (1, 'Mandare i dati', {person}, {organisation}, '2018-06-01', 'open')"""
GOOD = (
    STATEMENT.format(poll="1", kind="vote", when=WHEN),
    STATEMENT.format(poll="NULL", kind="note", when=WHEN),
    COMMITMENT.format(person="2", organisation="NULL"),
    COMMITMENT.format(person="NULL", organisation="1"),
)
BAD = (
    STATEMENT.format(poll="NULL", kind="vote", when=WHEN),
    STATEMENT.format(poll="1", kind="note", when=WHEN),
    STATEMENT.format(poll="2", kind="vote", when=WHEN),
    COMMITMENT.format(person="2", organisation="1"),
    COMMITMENT.format(person="NULL", organisation="NULL"),
)


def test_statements_on_a_vote_of_before(old: Scratch) -> None:
    old.upgrade("0006")
    before = old.rows()
    old.upgrade("0007")
    assert old.rows() == {**before, "commitment": [], "statement": []}
    old.run(*GOOD)
    for bad in BAD:
        with pytest.raises(IntegrityError):
            old.run(bad)


def test_what_was_stated_is_all_that_is_lost_on_the_way_down(old: Scratch) -> None:
    old.upgrade("0006")
    before = old.rows()
    old.upgrade("0007")
    old.run(*GOOD)
    old.downgrade("0006")
    assert old.rows() == before
