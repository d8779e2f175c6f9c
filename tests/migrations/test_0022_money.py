"""0022: the money comes out right at every commit, whatever is typed into psql."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from tests.support.money_rows import EARMARK, ELSEWHERE, PAID, SHARE, WRONG, accept
from tests.support.scratch_database import Scratch, scratch_database


@pytest.fixture(scope="module")
def model(engine: Engine) -> Iterator[str]:
    """The name of a database with two interventions, each paid from two funds."""
    with scratch_database(engine, "money_model") as scratch:
        scratch.upgrade("0022")
        scratch.run(*PAID)
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
    WRONG,
)
def test_what_does_not_come_out_right_is_not_committed(
    paid: Scratch, statement: str, complaint: str
) -> None:
    before = paid.rows()
    with pytest.raises(AssertionError, match=complaint):
        accept(paid, statement)
    assert paid.rows() == before


def test_what_comes_out_right_in_the_end_is_committed(paid: Scratch) -> None:
    accept(
        paid,
        "UPDATE intervention SET total = 90 WHERE id = 1",
        "UPDATE share SET amount = 70 WHERE id = 1",
        EARMARK,
        "INSERT INTO fund_amount (programme_id, fund_id, amount) VALUES (1, 1, 110)",
        "UPDATE share SET spent = 71 WHERE id = 1",
    )
    assert paid.value("SELECT sum(amount) FROM share") == 150


@pytest.mark.parametrize(
    "statements",
    ELSEWHERE,
)
def test_what_is_earmarked_is_spent_on_nothing_else(
    paid: Scratch, statements: tuple[str, ...]
) -> None:
    """40 of 120 are spent elsewhere; half of the fund must go to families."""
    paid.run(EARMARK)
    with pytest.raises(AssertionError, match=r"at least 50\.00 percent go to minori"):
        accept(paid, *statements)


def test_a_fund_gives_no_more_than_it_has(paid: Scratch) -> None:
    has = "INSERT INTO fund_amount (programme_id, fund_id, amount) VALUES (1, 1, %s)"
    with pytest.raises(AssertionError, match=r"fund 1 has 119\.99 in programme 1"):
        accept(paid, has % 119.99)
    paid.run(has % 200, EARMARK)
    more = (
        "UPDATE share SET amount = %s WHERE id = 3",
        "UPDATE intervention SET total = %s WHERE id = 2",
    )
    accept(paid, more[0] % 100, more[1] % 120)  # 80 for families, 20 not spent yet
    with pytest.raises(AssertionError, match=r"at least 50\.00 percent"):
        accept(paid, more[0] % "100.01", more[1] % "120.01")
    with pytest.raises(AssertionError, match=r"at least 50\.00 percent"):
        accept(paid, "DELETE FROM fund_amount")


def test_two_that_are_right_alone_are_not_wrong_together(paid: Scratch) -> None:
    """Each moves 40 of the fund away from families; the second finds what the first did."""
    paid.run(
        EARMARK,
        "INSERT INTO fund_amount (programme_id, fund_id, amount) VALUES (1, 1, 120)",
        "UPDATE share SET amount = 10 WHERE id = 3",
        "UPDATE intervention SET total = 30 WHERE id = 2",
    )
    add = SHARE % (1, 1, 1, 30) + " RETURNING id"
    paid.run("UPDATE intervention SET area = 'poverty', total = 20 WHERE id = 1",
             "DELETE FROM share WHERE id = 1")  # fmt: skip
    first = paid.engine.connect()
    try:
        with first.begin():
            first.execute(text("UPDATE intervention SET total = 50 WHERE id = 1"))
            first.execute(text(add))
            first.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
            with pytest.raises(AssertionError, match="lock timeout"):
                accept(
                    paid,
                    "SET LOCAL lock_timeout = '50ms'",
                    "UPDATE share SET amount = 40 WHERE id = 3",
                    "UPDATE intervention SET total = 60 WHERE id = 2",
                )
        with pytest.raises(AssertionError, match=r"70\.00 of 120\.00"):
            accept(
                paid,
                "UPDATE share SET amount = 40 WHERE id = 3",
                "UPDATE intervention SET total = 60 WHERE id = 2",
            )
    finally:
        first.close()


def test_nobody_checks_against_an_old_snapshot(paid: Scratch) -> None:
    with pytest.raises(AssertionError, match="READ COMMITTED"):
        accept(
            paid,
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ",
            "UPDATE share SET amount = amount WHERE id = 1",
        )
