"""0032: rows of before stay; the three categories come, and leave under the nearest of before."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch

ADDED = ("professional_order", "trade_association", "family_user_association")
SET = "UPDATE organisation SET category = '{}' WHERE id = 1"
HELD = "SELECT category FROM organisation WHERE id = 1"
RULES = """SELECT count(*) FROM pg_constraint
    WHERE contype = 'c' AND pg_get_constraintdef(oid) LIKE '%''{}''%'"""


def test_the_categories_come_and_go(old: Scratch) -> None:
    old.upgrade("0031")
    before = old.rows()
    with pytest.raises(IntegrityError):
        old.run(SET.format(ADDED[0]))
    rules = old.value(RULES.format("labour_org"))
    old.upgrade("0032")
    assert old.rows() == before
    for category in ADDED:
        assert old.value(RULES.format(category)) == rules > 0
        old.run(SET.format(category))
    with pytest.raises(IntegrityError):
        old.run(SET.format("invented"))
    old.downgrade("0031")
    assert old.value(HELD) == "labour_org"
    assert old.value(RULES.format(ADDED[0])) == 0
    with pytest.raises(IntegrityError):
        old.run(SET.format(ADDED[0]))
