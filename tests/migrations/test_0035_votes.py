"""0035: polls of before decide, conclusions of before name no vote, zones mark what has none."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch

ANNUL = """UPDATE poll SET state = 'annulled', annulled_because = 'by_chair',
    explanation = 'Un altro testo.'"""
BAD = (
    "UPDATE poll SET state = 'annulled', annulled_because = 'by_chair'",
    "UPDATE poll SET explanation = 'Senza annullare.'",
    "UPDATE poll SET effect = 'maybe'",
    "UPDATE zone SET without_quorum = 'forget'",
    "UPDATE conclusion SET poll_id = 99",
)


def test_what_was_voted_before_decides_and_nothing_is_held(old: Scratch) -> None:
    old.upgrade("0035")
    assert old.value("SELECT count(*) FROM poll WHERE effect = 'binding'") == 1
    assert old.value("SELECT without_quorum FROM zone") == "mark"
    assert old.value("SELECT count(*) FROM conclusion WHERE poll_id IS NULL AND NOT held") == 1
    for bad in BAD:
        with pytest.raises(IntegrityError):
            old.run(bad)
    old.run(ANNUL, "UPDATE conclusion SET poll_id = 1", "UPDATE zone SET without_quorum = 'hold'")


def test_the_way_down_loses_nothing_of_before(old: Scratch) -> None:
    old.upgrade("0034")
    before = old.rows()
    old.upgrade("0035")
    old.downgrade("0034")
    assert old.rows() == before


@pytest.mark.parametrize("step", [ANNUL, "UPDATE poll SET effect = 'consultative'"])
def test_there_is_no_way_down_for_what_the_older_program_cannot_read(
    old: Scratch, step: str
) -> None:
    old.upgrade("0035")
    old.run(step)
    with pytest.raises(RuntimeError, match="stay"):
        old.downgrade("0034")
