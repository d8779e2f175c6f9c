"""0107: tables have surveys."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch

_SURVEY = """INSERT INTO survey
    (table_id, title, intro, least_group, prepared_at, opened_at, closed_at)
    SELECT min(id), 'Hours', '', {least}, now(), NULL, {closed} FROM thematic_table"""


def test_it_can_be_taken_back_and_groups_are_never_small(old: Scratch) -> None:
    old.upgrade("0106")
    before = old.rows()
    old.upgrade("0107")
    with pytest.raises(IntegrityError, match="ck_survey_least_group"):
        old.run(_SURVEY.format(least=4, closed="NULL"))
    with pytest.raises(IntegrityError, match=r"ck_survey_(opened|closed)"):
        old.run(_SURVEY.format(least=5, closed="now()"))
    old.run(_SURVEY.format(least=5, closed="NULL"))
    old.downgrade("0106")
    assert old.rows() == before
