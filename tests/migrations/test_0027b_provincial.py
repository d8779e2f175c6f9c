"""0027b: provincial programmes; the rows of before stay as they are."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch

_TERRITORY = """INSERT INTO territory (id, slug, name, kind, region, lead_body, presentation, demo,
    created_at) VALUES ({id}, '{id}', 'Provincia', 'province', 'R', 'P', '', false, now())"""
_PROGRAMME = """INSERT INTO provincial_programme (id, territory_id, first_year, last_year,
    opened_at, demo) VALUES (1, 1, 2018, 2020, now(), false)"""
_TABLE = """INSERT INTO provincial_table (id, territory_id, section, name, remit, demo)
    VALUES ({id}, {id}, 'immigration', 'Tavolo', '', false)"""
_PROJECT = """INSERT INTO provincial_project (id, territory_id, programme_id, table_id, section,
    title, body, amount, written_at, demo)
    VALUES (1, 1, 1, {table}, '{section}', 'Mediatori', 'x', {amount}, now(), false)"""
_FORWARD = """INSERT INTO project_forward (project_id, zone_id, cycle_id, state, reason,
    forwarded_at, answered_at) VALUES (1, 1, 1, '{state}', {reason}, now(), {at})"""
_SET_UP = (
    _TERRITORY.format(id=1),
    _TERRITORY.format(id=2),
    _PROGRAMME,
    _TABLE.format(id=1),
    _TABLE.format(id=2),
)
_GOOD = _PROJECT.format(table=1, section="immigration", amount="10.50")
_WAITING = _FORWARD.format(state="waiting", reason="NULL", at="NULL")


def test_rows_of_before_stay(old: Scratch) -> None:
    old.upgrade("0027")
    old.run(*_SET_UP[:2])
    before = old.rows()
    old.upgrade("0027b")
    old.run(*_SET_UP[2:], _GOOD, _WAITING)
    assert old.value("SELECT count(*) FROM project_forward") == 1
    old.downgrade("0027")
    assert old.rows() == before


@pytest.mark.parametrize(
    "wrong",
    [
        _PROJECT.format(table=2, section="immigration", amount="NULL"),
        _PROJECT.format(table=1, section="system_actions", amount="NULL"),
        _PROJECT.format(table=1, section="immigration", amount="-0.01"),
    ],
)
def test_a_project_is_of_its_table_and_costs_nothing_below_zero(old: Scratch, wrong: str) -> None:
    old.upgrade("0027b")
    old.run(*_SET_UP)
    with pytest.raises(IntegrityError):
        old.run(wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        _FORWARD.format(state="accepted", reason="NULL", at="now()"),
        _FORWARD.format(state="refused", reason="'x'", at="NULL"),
        _FORWARD.format(state="waiting", reason="'x'", at="now()"),
    ],
)
def test_an_answer_has_its_reason_and_its_moment(old: Scratch, wrong: str) -> None:
    old.upgrade("0027b")
    old.run(*_SET_UP, _GOOD)
    with pytest.raises(IntegrityError):
        old.run(wrong)


def test_a_zone_answers_once(old: Scratch) -> None:
    old.upgrade("0027b")
    old.run(*_SET_UP, _GOOD, _WAITING)
    with pytest.raises(IntegrityError):
        old.run(_WAITING)
