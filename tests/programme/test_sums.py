"""Whatever is done, in whatever order: shares come to totals, and earmarks hold."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from consultazione.core.db import Database
from consultazione.core.errors import Invalid, Refusal
from consultazione.programme.balances import earmark_balances, fund_balances
from consultazione.programme.commands.costs import share_cost
from consultazione.programme.commands.funds import lift_earmark, set_earmark, set_fund_amount
from consultazione.programme.commands.interventions import (
    remove_intervention,
    revise_intervention,
)
from consultazione.programme.kinds import AreaOfUse, PolicyArea
from consultazione.programme.models import Earmark, Fund, Intervention
from consultazione.programme.sheet import NewShare
from tests.support.books import Books
from tests.support.factories import Factory

AMOUNTS = st.decimals(min_value="-1", max_value="300", places=3) | st.decimals(
    min_value="0.01", max_value="300", places=2
)
NUMBERS = st.integers(min_value=0, max_value=2)
AREAS = st.sampled_from(AreaOfUse)
STEPS = st.one_of(
    st.tuples(st.just("add"), AREAS),
    st.tuples(st.just("pay"), NUMBERS, st.lists(st.tuples(NUMBERS, NUMBERS, AMOUNTS), max_size=4),
              st.sampled_from([Decimal(0), Decimal(0), Decimal("0.01")])),
    st.tuples(st.just("move"), NUMBERS, AREAS, st.sets(st.sampled_from(PolicyArea))),
    st.tuples(st.just("remove"), NUMBERS),
    st.tuples(st.just("earmark"), NUMBERS, AREAS | st.none(), st.decimals("-1", "101", places=2)),
    st.tuples(st.just("lift"), NUMBERS),
    st.tuples(st.just("amount"), NUMBERS, st.none() | AMOUNTS),
)  # fmt: skip


class Play:
    """Does what a step says, with whatever it names, if that is there."""

    def __init__(self, books: Books) -> None:
        self.books, self.funds = books, [books.fund() for _ in range(3)]
        self.interventions: list[Intervention] = []
        self.earmarks: list[Earmark] = []

    def step(self, what: str, *values: Any) -> None:
        """Take one step; the product may refuse it."""
        with suppress(Refusal):
            getattr(self, f"_{what}")(*values)

    def _add(self, area: AreaOfUse) -> None:
        self.interventions.append(self.books.intervention(area=area))

    def _pay(self, number: int, shares: list[tuple[int, int, Decimal]], off: Decimal) -> None:
        for chosen in self.interventions[number : number + 1]:
            self.books.run(
                share_cost,
                intervention_id=chosen.id,
                total=sum((amount for _body, _fund, amount in shares), off),
                shares=[
                    NewShare(
                        body_id=self.books.payers[body].id,
                        fund_id=self.funds[fund].id,
                        amount=amount,
                    )
                    for body, fund, amount in shares
                ],
            )

    def _move(self, number: int, area: AreaOfUse, policies: set[PolicyArea]) -> None:
        for chosen in self.interventions[number : number + 1]:
            sheet = self.books.sheet(area=area, policies=sorted(policies))
            self.books.run(revise_intervention, intervention_id=chosen.id, sheet=sheet)

    def _remove(self, number: int) -> None:
        for chosen in self.interventions[number : number + 1]:
            self.books.run(remove_intervention, intervention_id=chosen.id)
            self.interventions.remove(chosen)

    def _earmark(self, number: int, area: AreaOfUse | None, percent: Decimal) -> None:
        policy = None if area else PolicyArea.WORK
        self.earmarks.append(
            self.books.run(
                set_earmark,
                fund_id=self.funds[number].id,
                purpose="minori",
                area=area,
                policy=policy,
                percent=percent,
            )
        )

    def _lift(self, number: int) -> None:
        for chosen in self.earmarks[number : number + 1]:
            self.books.run(lift_earmark, earmark_id=chosen.id)
            self.earmarks.remove(chosen)

    def _amount(self, number: int, amount: Decimal | None) -> None:
        self.books.run(
            set_fund_amount,
            programme_id=self.books.programme.id,
            fund_id=self.funds[number].id,
            amount=amount,
        )


# The fixtures are shared by the examples on purpose: each is one more zone in the same database.
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEPS, min_size=3, max_size=14))
def test_any_sequence_of_edits_keeps_sums_and_earmarks(
    database: Database, steps: list[tuple[Any, ...]]
) -> None:
    books = Books(Factory(database))
    play = Play(books)
    for what, *values in [("add", AreaOfUse.FAMILIES), ("add", AreaOfUse.POVERTY), *steps]:
        play.step(what, *values)
        with database.snapshot() as session:
            session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
            session.execute(text("SET CONSTRAINTS ALL DEFERRED"))
            assert session.scalar(text(_UNEVEN)) is None
            funds = fund_balances(session, books.programme.id)
            assert all(balance.left is None or balance.left >= 0 for balance in funds)
            marks = earmark_balances(session, books.programme.id, funds)
            assert all(mark.is_kept for mark in marks)


_UNEVEN = """SELECT id FROM intervention WHERE total <>
    (SELECT coalesce(sum(amount), 0) FROM share WHERE intervention_id = intervention.id)"""


@pytest.mark.parametrize(
    ("earmark", "paid", "refused"),
    [
        ({"area": AreaOfUse.FAMILIES, "percent": Decimal(50)}, ("50", "50"), "50.01"),
        ({"area": AreaOfUse.FAMILIES, "percent": Decimal(100)}, ("1", "0"), "0.01"),
        ({"policy": PolicyArea.WORK, "percent": Decimal("33.34")}, ("33.34", "66.66"), "66.67"),
    ],
)  # fmt: skip
def test_what_is_earmarked_is_spent_on_its_purpose(
    books: Books, earmark: dict[str, Any], paid: tuple[str, str], refused: str
) -> None:
    fund = books.fund()
    families = books.intervention()
    work = books.intervention(area=AreaOfUse.POVERTY, policies=[PolicyArea.WORK])
    books.run(set_earmark, fund_id=fund.id, purpose="lo scopo", **earmark)
    first, second = (work, families) if "policy" in earmark else (families, work)
    for intervention, amount in zip((first, second), paid, strict=True):
        books.pay(intervention, *_from(fund, amount))
    with pytest.raises(Invalid, match="lo scopo") as refusal:
        books.pay(second, *_from(fund, refused))
    assert list(refusal.value.fields) == ["shares"]


def _from(fund: Fund, amount: str) -> list[tuple[Fund, str]]:
    return [(fund, amount)] if Decimal(amount) else []
