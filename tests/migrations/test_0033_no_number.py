"""0033: no amount is NaN, nothing with shares leaves its zone, and TRUNCATE is seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from tests.support.money_rows import EARMARK, PAID, accept
from tests.support.scratch_database import Scratch, scratch_database

_OURS = """SELECT string_agg(pg_get_triggerdef(oid), ' ' ORDER BY tgname, tgrelid)
    FROM pg_trigger WHERE NOT tgisinternal"""
_CHECKS = """SELECT string_agg(conname || pg_get_constraintdef(oid), ' ' ORDER BY conname)
    FROM pg_constraint WHERE contype = 'c'"""
_NOTE = "INSERT INTO unchecked_sum (programme_id, kind, number) VALUES (1, 'cost', 99)"


@pytest.fixture(scope="module")
def model(engine: Engine) -> Iterator[str]:
    """The name of a database that held money before this migration."""
    with scratch_database(engine, "no_number_model") as scratch:
        scratch.upgrade("0022")
        scratch.run(*PAID)
        scratch.upgrade("0033")
        yield "no_number_model"


@pytest.fixture
def paid(engine: Engine, model: str) -> Iterator[Scratch]:
    """A copy of that database."""
    with scratch_database(engine, "no_number", template=model) as scratch:
        yield scratch


def test_rows_and_checks_come_back_as_they_were(engine: Engine) -> None:
    with scratch_database(engine, "no_number_and_back") as scratch:
        scratch.upgrade("0022")
        scratch.run(*PAID)
        scratch.upgrade("0032")
        before = scratch.rows(), scratch.value(_OURS), scratch.value(_CHECKS)
        scratch.upgrade("0033")
        assert scratch.rows() == before[0]
        scratch.downgrade("0032")
        assert (scratch.rows(), scratch.value(_OURS), scratch.value(_CHECKS)) == before


@pytest.mark.parametrize(
    ("statements", "complaint"),
    [
        (
            (
                "UPDATE share SET amount = 'NaN' WHERE id = 1",
                "UPDATE intervention SET total = 'NaN' WHERE id = 1",
            ),
            "ck_share_amount",
        ),
        (("UPDATE intervention SET total = 'NaN' WHERE id = 1",), "ck_intervention_total"),
        (("UPDATE share SET spent = 'NaN' WHERE id = 1",), "ck_share_spent"),
        (
            ("INSERT INTO fund_amount (programme_id, fund_id, amount) VALUES (1, 1, 'NaN')",),
            "ck_fund_amount_amount",
        ),
        (("UPDATE body SET zone_id = 2 WHERE id = 1",), "body 1 stays in its zone"),
        (("UPDATE fund SET zone_id = 2 WHERE id = 1",), "fund 1 stays in its zone"),
        (
            (
                """INSERT INTO cycle (id, zone_id, first_year, last_year, opened_at)
                VALUES (2, 2, 2018, 2020, now())""",
                "UPDATE annual_programme SET cycle_id = 2, zone_id = 2",
            ),
            "annual_programme 1 stays in its zone",
        ),
        (
            (
                _NOTE,
                "UPDATE unchecked_sum SET number = 1",
                "UPDATE share SET amount = 1 WHERE id = 2",
            ),
            "come to 81.00, its total is 100",
        ),
        (("TRUNCATE share",), "come to 0, its total is 100"),
    ],
)
def test_there_is_no_way_around_the_sums(
    paid: Scratch, statements: tuple[str, ...], complaint: str
) -> None:
    before = paid.rows()
    with pytest.raises(AssertionError, match=complaint):
        accept(paid, *statements)
    assert paid.rows() == before


def test_what_a_fund_has_is_not_forgotten_at_the_cost_of_an_earmark(paid: Scratch) -> None:
    """Of 200 elsewhere go 40, a fifth; of the 120 that are shared out it is a third."""
    accept(
        paid,
        "INSERT INTO fund_amount (programme_id, fund_id, amount) VALUES (1, 1, 200)",
        EARMARK.replace("50", "70"),
    )
    with pytest.raises(AssertionError, match=r"40\.00 of 120\.00 are spent elsewhere"):
        accept(paid, "TRUNCATE fund_amount")


def test_everything_may_be_emptied_at_once(paid: Scratch) -> None:
    accept(paid, "SET LOCAL client_min_messages = warning", "TRUNCATE intervention CASCADE")
    assert paid.value("SELECT count(*) FROM share") == 0
