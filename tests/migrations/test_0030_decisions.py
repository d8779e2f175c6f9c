"""0030: strategies and decisions; the rows of before stay as they are."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch

_STRATEGY = """INSERT INTO strategy (cycle_id, zone_id, rank, title, body, demo)
    SELECT id, zone_id, 1, 'Vicinanza', '', false FROM cycle"""
_DECISION = """INSERT INTO decision (strategy_id, cycle_id, zone_id, title, body, decided_by,
    decided_on, source, sitting_id, version, demo)
    SELECT id, cycle_id, zone_id{more}, 'Sportelli', '', 'Sindaci', '2018-05-01', {basis}, 1, false
    FROM strategy"""
_PRIVATE = """INSERT INTO body (zone_id, name, kind)
    SELECT id, 'Fondazione', 'private' FROM zone"""
_GOOD = _DECISION.format(more="", basis="'Verbale', NULL")


def test_rows_of_before_stay(old: Scratch) -> None:
    old.upgrade("0029b")
    before = old.rows()
    old.upgrade("0030")
    old.run(_STRATEGY, _GOOD, _PRIVATE)
    assert old.value("SELECT count(*) FROM decision") == 1
    with pytest.raises(IntegrityError):
        old.downgrade("0029b")
    old.run("DELETE FROM body WHERE kind = 'private'")
    old.downgrade("0029b")
    assert old.rows() == before


@pytest.mark.parametrize(
    "wrong",
    [
        _DECISION.format(more="", basis="NULL, NULL"),
        _DECISION.format(more="", basis="'Verbale', (SELECT min(id) FROM sitting)"),
        _DECISION.format(more=" + 1", basis="'Verbale', NULL"),
    ],
    ids=["no basis", "two bases", "another zone's"],
)
def test_what_the_database_refuses(old: Scratch, wrong: str) -> None:
    old.upgrade("0030")
    old.run(_STRATEGY)
    with pytest.raises(IntegrityError):
        old.run(wrong)
