"""0006: the sitting of before has no excuses and no substitutes."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.old_rows import WHEN
from tests.support.scratch_database import Scratch

ORGANISATION = f"""INSERT INTO excuse (sitting_id, organisation_id, reason, excused_at)
    VALUES (1, 1, 'ferie', {WHEN})"""
DELEGATE = f"""INSERT INTO excuse (sitting_id, organisation_id, person_id, reason, excused_at)
    VALUES (1, 1, 2, 'ferie', {WHEN})"""
SUBSTITUTE = f"INSERT INTO substitution VALUES (1, 1, 1, {WHEN})"


def test_excuses_of_a_sitting_of_before(old: Scratch) -> None:
    """Each delegate and each organisation is excused once, though an organisation is nobody."""
    old.upgrade("0005")
    before = old.rows()
    old.upgrade("0006")
    assert old.rows() == {**before, "excuse": [], "substitution": []}
    old.run(ORGANISATION, DELEGATE, SUBSTITUTE)
    for again in (ORGANISATION, DELEGATE, SUBSTITUTE):
        with pytest.raises(IntegrityError):
            old.run(again)


def test_the_roll_is_all_that_is_lost_on_the_way_down(old: Scratch) -> None:
    old.upgrade("0005")
    before = old.rows()
    old.upgrade("0006")
    old.run(ORGANISATION, DELEGATE, SUBSTITUTE)
    old.downgrade("0005")
    assert old.rows() == before
