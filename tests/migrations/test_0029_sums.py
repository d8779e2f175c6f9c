"""0029: money comes out right as before, and each sum is checked once a transaction."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from tests.support.money_rows import EARMARK, ELSEWHERE, PAID, SHARE, WRONG, accept
from tests.support.scratch_database import Scratch, scratch_database

_TOO_LITTLE = "UPDATE share SET amount = 79.99 WHERE id = 1"
_ENOUGH = "UPDATE share SET amount = 80 WHERE id = 1"
_SAME = "UPDATE share SET amount = amount"
_NOTE = "INSERT INTO unchecked_sum (programme_id, kind, number) VALUES (1, 'cost', 1)"
_OURS = """SELECT string_agg(pg_get_triggerdef(t.oid) || pg_get_functiondef(t.tgfoid), '
    ' ORDER BY t.tgname, t.tgrelid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE NOT t.tgisinternal AND c.relname IN ('share', 'intervention', 'earmark', 'fund_amount')"""


@pytest.fixture(scope="module")
def model(engine: Engine) -> Iterator[str]:
    """The name of a database that held money before this migration."""
    with scratch_database(engine, "sums_model") as scratch:
        scratch.upgrade("0022")
        scratch.run(*PAID)
        scratch.upgrade("0029")
        yield "sums_model"


@pytest.fixture
def paid(engine: Engine, model: str) -> Iterator[Scratch]:
    """A copy of that database."""
    with scratch_database(engine, "sums", template=model) as scratch:
        yield scratch


def test_the_triggers_come_and_go_and_no_row_changes(engine: Engine) -> None:
    with scratch_database(engine, "sums_there_and_back") as scratch:
        scratch.upgrade("0022")
        scratch.run(*PAID)
        scratch.upgrade("0028")
        rows, triggers = scratch.rows(), scratch.value(_OURS)
        scratch.upgrade("0029")
        assert scratch.rows() == {**rows, "unchecked_sum": []}
        assert scratch.value(_OURS) != triggers
        scratch.downgrade("0028")
        assert (scratch.rows(), scratch.value(_OURS)) == (rows, triggers)
        with pytest.raises(AssertionError, match=r"come to 99\.99, its total is 100"):
            accept(scratch, _TOO_LITTLE)


@pytest.mark.parametrize(("statement", "complaint"), WRONG)
def test_what_does_not_come_out_right_is_not_committed(
    paid: Scratch, statement: str, complaint: str
) -> None:
    before = paid.rows()
    with pytest.raises(AssertionError, match=complaint):
        accept(paid, statement)
    assert paid.rows() == before


@pytest.mark.parametrize("statements", ELSEWHERE)
def test_what_is_earmarked_is_spent_on_nothing_else(
    paid: Scratch, statements: tuple[str, ...]
) -> None:
    paid.run(EARMARK)
    with pytest.raises(AssertionError, match=r"at least 50\.00 percent go to minori"):
        accept(paid, *statements)


def test_what_comes_out_right_in_the_end_is_committed(paid: Scratch) -> None:
    accept(
        paid,
        "UPDATE intervention SET total = 90 WHERE id = 1",
        "UPDATE share SET amount = 70 WHERE id = 1",
        EARMARK,
        "INSERT INTO fund_amount (programme_id, fund_id, amount) VALUES (1, 1, 110)",
    )
    assert paid.value("SELECT sum(amount) FROM share") == 150
    assert paid.value("SELECT count(*) FROM unchecked_sum") == 0


@pytest.mark.parametrize(
    "statements",
    [
        (_TOO_LITTLE, "DELETE FROM unchecked_sum"),
        ("DELETE FROM unchecked_sum", _NOTE, _TOO_LITTLE),
        (_NOTE, "SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED", _TOO_LITTLE),
        ("SAVEPOINT a", _ENOUGH, "ROLLBACK TO a", _TOO_LITTLE),
        (_SAME, "SAVEPOINT a", "SET CONSTRAINTS ALL IMMEDIATE", "ROLLBACK TO a", _TOO_LITTLE),
        (_SAME, "SAVEPOINT a", "DELETE FROM unchecked_sum", "ROLLBACK TO a", _TOO_LITTLE),
        (_SAME, "SET CONSTRAINTS ALL IMMEDIATE", _TOO_LITTLE),
    ],
)
def test_no_note_gets_a_sum_past_its_check(paid: Scratch, statements: tuple[str, ...]) -> None:
    before = paid.rows()
    with pytest.raises(AssertionError, match=r"come to 99\.99, its total is 100"):
        accept(paid, *statements)
    assert paid.rows() == before


def test_each_sum_is_noted_once(paid: Scratch) -> None:
    """Two costs and two funds, of four shares."""
    with paid.engine.connect() as connection, connection.begin() as transaction:
        connection.execute(text(_SAME))
        assert connection.scalar(text("SELECT count(*) FROM unchecked_sum")) == 4
        transaction.rollback()


def test_a_share_given_while_the_purpose_changes_is_found(paid: Scratch) -> None:
    """The fund did not pay for the intervention yet when its area was changed."""
    paid.run(
        "DELETE FROM share WHERE id = 3",
        "UPDATE intervention SET area = 'families', total = 20 WHERE id = 2",
        EARMARK.replace("50", "100"),
    )
    with paid.engine.connect() as first, first.begin() as transaction:
        first.execute(text("UPDATE intervention SET area = 'poverty' WHERE id = 2"))
        accept(paid, SHARE % (2, 1, 1, 5), "UPDATE share SET amount = 15 WHERE id = 4")
        with pytest.raises(DBAPIError, match=r"5\.00 of 85\.00 are spent elsewhere"):
            transaction.commit()


def test_two_that_are_right_alone_are_not_wrong_together(paid: Scratch) -> None:
    """The fund has 10 left, and each takes them; the second waits for the first."""
    paid.run("INSERT INTO fund_amount (programme_id, fund_id, amount) VALUES (1, 1, 130)")
    more = (
        "UPDATE share SET amount = amount + 10 WHERE id = {0}",
        "UPDATE intervention SET total = total + 10 WHERE id = {1}",
    )
    second = [statement.format(3, 2) for statement in more]
    with paid.engine.connect() as first, first.begin():
        for statement in more:
            first.execute(text(statement.format(1, 1)))
        first.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        with pytest.raises(AssertionError, match="lock timeout"):
            accept(paid, "SET LOCAL lock_timeout = '50ms'", *second)
    with pytest.raises(AssertionError, match=r"fund 1 has 130\.00 in programme 1, and 140\.00"):
        accept(paid, *second)
