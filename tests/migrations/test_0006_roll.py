"""0006: the sitting of before has no excuses and no substitutes."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.old_rows import WHEN, with_an_old_sitting
from tests.support.scratch_database import Scratch

ORGANISATION = f"""INSERT INTO excuse (sitting_id, organisation_id, reason, excused_at)
    VALUES (1, 1, 'ferie', {WHEN})"""
DELEGATE = f"""INSERT INTO excuse (sitting_id, organisation_id, person_id, reason, excused_at)
    VALUES (1, 1, 2, 'ferie', {WHEN})"""
SUBSTITUTE = f"INSERT INTO substitution VALUES (1, 1, 1, {WHEN})"


def test_excuses_of_a_sitting_of_before(scratch: Scratch) -> None:
    """Each delegate and each organisation is excused once, though an organisation is nobody."""
    with_an_old_sitting(scratch, "0005")
    before = scratch.rows()
    scratch.upgrade("0006")
    assert scratch.rows() == {**before, "excuse": [], "substitution": []}
    scratch.run(ORGANISATION, DELEGATE, SUBSTITUTE)
    for again in (ORGANISATION, DELEGATE, SUBSTITUTE):
        with pytest.raises(IntegrityError):
            scratch.run(again)


def test_the_roll_is_all_that_is_lost_on_the_way_down(scratch: Scratch) -> None:
    with_an_old_sitting(scratch, "0005")
    before = scratch.rows()
    scratch.upgrade("0006")
    scratch.run(ORGANISATION, DELEGATE, SUBSTITUTE)
    scratch.downgrade("0005")
    assert scratch.rows() == before
