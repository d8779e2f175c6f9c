"""0085: a zone's rule is one row, and goes with the step back."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch

_RULE = """INSERT INTO second_step_rule (zone_id, roles, from_day, set_at)
    VALUES (1, '{facilitator}', '2026-12-01', now())"""


def test_a_zone_has_one_rule(old: Scratch) -> None:
    old.upgrade("0084")
    before = old.rows()
    old.upgrade("0085")
    old.run(_RULE)
    assert old.value("SELECT roles FROM second_step_rule") == ["facilitator"]
    with pytest.raises(IntegrityError):
        old.run(_RULE)
    old.downgrade("0084")
    assert old.rows() == before
