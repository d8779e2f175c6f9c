"""0100: tables have opinion maps."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch

_MAP = """INSERT INTO opinion_map (id, table_id, title, question, least_group, opened_at, closes_at,
    closed_at, drawn_at, picture, demo)
    SELECT 901, min(id), 'Hours', '', {least}, now(), now(), {closed}, {drawn}, NULL, false
    FROM thematic_table"""


def test_it_can_be_taken_back(old: Scratch) -> None:
    old.upgrade("0099")
    before = old.rows()
    old.upgrade("0100")
    old.run(_MAP.format(least=5, closed="NULL", drawn="NULL"))
    old.downgrade("0099")
    assert old.rows() == before


def test_only_a_closed_map_is_drawn(old: Scratch) -> None:
    old.upgrade("0100")
    with pytest.raises(IntegrityError, match="ck_opinion_map_drawn"):
        old.run(_MAP.format(least=5, closed="NULL", drawn="now()"))
