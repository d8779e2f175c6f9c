"""0022: the money comes out right at every commit, whatever is typed into psql."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from tests.support.psql import psql
from tests.support.scratch_database import Scratch, scratch_database

_ZONE = (
    """INSERT INTO zone (id, slug, name, kind, lead_body, presentation, sign_off_rule, demo,
        created_at, shares_drafts) VALUES
        (1, 'reno', 'Unione', 'union', 'Unione', '', 'all_answered', false, now(), false),
        (2, 'faenza', 'Faenza', 'district', 'Faenza', '', 'all_answered', false, now(), false)""",
    """INSERT INTO cycle (id, zone_id, first_year, last_year, opened_at)
        VALUES (1, 1, 2018, 2020, now())""",
    """INSERT INTO body (id, zone_id, name, kind) VALUES
        (1, 1, 'Zola Predosa', 'municipality'), (2, 2, 'Faenza', 'municipality'),
        (3, 1, 'Sasso Marconi', 'municipality')""",
    """INSERT INTO annual_programme (id, cycle_id, zone_id, year, state, opened_at, demo)
        VALUES (1, 1, 1, 2018, 'draft', now(), false)""",
    """INSERT INTO fund (id, zone_id, code, name, source, demo) VALUES
        (1, 1, 'FNPS', 'Fondo nazionale politiche sociali', '', false),
        (2, 1, 'COM', 'Fondo comunale', '', false),
        (3, 2, 'COM', 'Fondo comunale', '', false)""",
    """INSERT INTO intervention (id, programme_id, kind, title, scheda, regional_area, level, area,
        policies, lead_body_id, objectives, actions, recipients, integration, total, updated_at,
        demo) VALUES
        (1, 1, 'service', 'Affidi', '', '', 'community', 'families', '{}', 1, '', '', '', '',
            100, now(), false),
        (2, 1, 'project', 'Empori', '', '', 'inclusion', 'poverty', '{work}', 1, '', '', '', '',
            60, now(), false)""",
    """INSERT INTO share (id, intervention_id, programme_id, body_id, fund_id, amount,
        activated_by_consultation) VALUES
        (1, 1, 1, 1, 1, 80, false), (2, 1, 1, 1, 2, 20, false),
        (3, 2, 1, 1, 1, 40, false), (4, 2, 1, 1, 2, 20, false)""",
    "SELECT setval(pg_get_serial_sequence('share', 'id'), 4)",
)
_EARMARK = """INSERT INTO earmark (fund_id, purpose, area, percent, source)
    VALUES (1, 'minori', 'families', 50, 'Piano sociale nazionale 2021-2023')"""
_SHARE = """INSERT INTO share (intervention_id, programme_id, body_id, fund_id, amount,
    activated_by_consultation) VALUES (%s, 1, %s, %s, %s, true)"""

_WRONG = "UPDATE share SET amount = 79.99 WHERE id = 1"
_RIGHT = "UPDATE share SET amount = 80 WHERE id = 1"
_NOTE = "INSERT INTO unchecked_sum (programme_id, kind, number) VALUES (1, 'cost', 1)"


@pytest.fixture(scope="module")
def model(engine: Engine) -> Iterator[str]:
    """The name of a database with two interventions, each paid from two funds."""
    with scratch_database(engine, "money_model") as scratch:
        scratch.upgrade("0022")
        scratch.run(*_ZONE)
        yield "money_model"


@pytest.fixture
def paid(engine: Engine, model: str) -> Iterator[Scratch]:
    """A copy of that database."""
    with scratch_database(engine, "money", template=model) as scratch:
        yield scratch


def test_the_tables_come_and_go_without_a_trace(old: Scratch) -> None:
    old.upgrade("0021")
    before = old.rows()
    old.upgrade("0022")
    old.downgrade("0021")
    assert old.rows() == before
    old.upgrade("0022")
    assert old.value("SELECT count(*) FROM share") == 0


@pytest.mark.parametrize(
    ("statement", "complaint"),
    [
        ("UPDATE share SET amount = 79.99 WHERE id = 1", "come to 99.99, its total is 100"),
        ("UPDATE intervention SET total = 101 WHERE id = 1", "come to 100.00, its total is 101"),
        ("DELETE FROM share WHERE id = 4", "come to 40.00, its total is 60"),
        (_SHARE % (1, 1, 2, 1), "come to 101.00"),
        ("UPDATE share SET intervention_id = 2, body_id = 3 WHERE id = 1", "come to 20.00"),
        ("UPDATE share SET amount = 0 WHERE id = 1", "ck_share_amount"),
        ("UPDATE share SET amount = -80 WHERE id = 1", "ck_share_amount"),
        ("UPDATE share SET spent = -1 WHERE id = 1", "ck_share_spent"),
        ("UPDATE share SET body_id = 2 WHERE id = 1", "of another zone"),
        ("UPDATE share SET fund_id = 3 WHERE id = 1", "of another zone"),
        (_EARMARK.replace("50", "100.01"), "ck_earmark_percent"),
        (_EARMARK.replace("'families'", "NULL"), "ck_earmark_purpose"),
        (_EARMARK.replace("50", "66.67"), "at least 66.67 percent go to minori: 40.00 of 120.00"),
        ("UPDATE annual_programme SET state = 'approved'", "approved_by_act"),
    ],
)
def test_what_does_not_come_out_right_is_not_committed(
    paid: Scratch, statement: str, complaint: str
) -> None:
    before = paid.rows()
    with pytest.raises(AssertionError, match=complaint):
        _accept(paid, statement)
    assert paid.rows() == before


def test_what_comes_out_right_in_the_end_is_committed(paid: Scratch) -> None:
    _accept(
        paid,
        "UPDATE intervention SET total = 90 WHERE id = 1",
        "UPDATE share SET amount = 70 WHERE id = 1",
        _EARMARK,
        "INSERT INTO fund_amount (programme_id, fund_id, amount) VALUES (1, 1, 110)",
        "UPDATE share SET spent = 71 WHERE id = 1",
    )
    assert paid.value("SELECT sum(amount) FROM share") == 150
    assert paid.value("SELECT count(*) FROM unchecked_sum") == 0


@pytest.mark.parametrize(
    "statements",
    [
        (_WRONG, "DELETE FROM unchecked_sum"),
        ("DELETE FROM unchecked_sum", _NOTE, _WRONG),
        (_NOTE, "SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED", _WRONG),
        ("SAVEPOINT a", _RIGHT, "ROLLBACK TO a", _WRONG),
        ("UPDATE share SET amount = amount", "SAVEPOINT a", "SET CONSTRAINTS ALL IMMEDIATE",
         "ROLLBACK TO a", _WRONG),
        ("UPDATE share SET amount = amount", "SAVEPOINT a", "DELETE FROM unchecked_sum",
         "ROLLBACK TO a", _WRONG),
        ("UPDATE share SET amount = amount", "SET CONSTRAINTS ALL IMMEDIATE", _WRONG),
    ],
)  # fmt: skip
def test_no_note_gets_a_sum_past_its_check(paid: Scratch, statements: tuple[str, ...]) -> None:
    before = paid.rows()
    with pytest.raises(AssertionError, match=r"come to 99\.99, its total is 100"):
        _accept(paid, *statements)
    assert paid.rows() == before


@pytest.mark.parametrize(
    "statements",
    [
        ("UPDATE share SET amount = 30 WHERE id = 1",
         "UPDATE intervention SET total = 50 WHERE id = 1"),
        ("UPDATE intervention SET area = 'disability' WHERE id = 1",),
        ("UPDATE share SET amount = 81 WHERE id = 3",
         "UPDATE intervention SET total = 101 WHERE id = 2"),
        ("UPDATE share SET fund_id = 2, body_id = 3 WHERE id = 1",),
        ("DELETE FROM share WHERE id = 1", "UPDATE intervention SET total = 20 WHERE id = 1"),
    ],
)  # fmt: skip
def test_what_is_earmarked_is_spent_on_nothing_else(
    paid: Scratch, statements: tuple[str, ...]
) -> None:
    """40 of 120 are spent elsewhere; half of the fund must go to families."""
    paid.run(_EARMARK)
    with pytest.raises(AssertionError, match=r"at least 50\.00 percent go to minori"):
        _accept(paid, *statements)


def test_a_fund_gives_no_more_than_it_has(paid: Scratch) -> None:
    has = "INSERT INTO fund_amount (programme_id, fund_id, amount) VALUES (1, 1, %s)"
    with pytest.raises(AssertionError, match=r"fund 1 has 119\.99 in programme 1"):
        _accept(paid, has % 119.99)
    paid.run(has % 200, _EARMARK)
    more = (
        "UPDATE share SET amount = %s WHERE id = 3",
        "UPDATE intervention SET total = %s WHERE id = 2",
    )
    _accept(paid, more[0] % 100, more[1] % 120)  # 80 for families, 20 not spent yet
    with pytest.raises(AssertionError, match=r"at least 50\.00 percent"):
        _accept(paid, more[0] % "100.01", more[1] % "120.01")
    with pytest.raises(AssertionError, match=r"at least 50\.00 percent"):
        _accept(paid, "DELETE FROM fund_amount")


def test_two_that_are_right_alone_are_not_wrong_together(paid: Scratch) -> None:
    """Each moves 40 of the fund away from families; the second finds what the first did."""
    paid.run(
        _EARMARK,
        "INSERT INTO fund_amount (programme_id, fund_id, amount) VALUES (1, 1, 120)",
        "UPDATE share SET amount = 10 WHERE id = 3",
        "UPDATE intervention SET total = 30 WHERE id = 2",
    )
    add = _SHARE % (1, 1, 1, 30) + " RETURNING id"
    paid.run("UPDATE intervention SET area = 'poverty', total = 20 WHERE id = 1",
             "DELETE FROM share WHERE id = 1")  # fmt: skip
    first = paid.engine.connect()
    try:
        with first.begin():
            first.execute(text("UPDATE intervention SET total = 50 WHERE id = 1"))
            first.execute(text(add))
            first.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
            with pytest.raises(AssertionError, match="lock timeout"):
                _accept(
                    paid,
                    "SET LOCAL lock_timeout = '50ms'",
                    "UPDATE share SET amount = 40 WHERE id = 3",
                    "UPDATE intervention SET total = 60 WHERE id = 2",
                )
        with pytest.raises(AssertionError, match=r"70\.00 of 120\.00"):
            _accept(
                paid,
                "UPDATE share SET amount = 40 WHERE id = 3",
                "UPDATE intervention SET total = 60 WHERE id = 2",
            )
    finally:
        first.close()


def test_a_share_given_while_the_purpose_changes_is_found(paid: Scratch) -> None:
    """The fund did not pay for the intervention yet when its area was changed."""
    paid.run(
        "DELETE FROM share WHERE id = 3",
        "UPDATE intervention SET area = 'families', total = 20 WHERE id = 2",
        _EARMARK.replace("50", "100"),
    )
    with paid.engine.connect() as first, first.begin() as transaction:
        first.execute(text("UPDATE intervention SET area = 'poverty' WHERE id = 2"))
        _accept(
            paid,
            _SHARE % (2, 1, 1, 5),
            "UPDATE share SET amount = 15 WHERE id = 4",
        )
        with pytest.raises(DBAPIError, match=r"5\.00 of 85\.00 are spent elsewhere"):
            transaction.commit()


def test_nobody_checks_against_an_old_snapshot(paid: Scratch) -> None:
    with pytest.raises(AssertionError, match="READ COMMITTED"):
        _accept(
            paid,
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ",
            "UPDATE share SET amount = amount WHERE id = 1",
        )


def _accept(paid: Scratch, *statements: str) -> None:
    """Fail with what psql complained of, if it did."""
    assert psql(paid, *statements) == ""
