"""Answers that come while a participatory budget is closed: each is counted, or refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Engine, func, select

from consultazione.core.errors import Conflict
from consultazione.sharing.budgets.commands import close_budget
from consultazione.sharing.budgets.models import BudgetAnswer
from tests.support.factories import Factory
from tests.support.final_commits import final_commits
from tests.support.sharing_story import Sharing


@pytest.fixture
def real(engine: Engine) -> Iterator[Factory]:
    """A factory on a database whose commits are real, emptied afterwards."""
    with final_commits(engine) as database:
        yield Factory(database)


def at_once(*acts: Callable[[], object]) -> list[bool]:
    """Run acts in parallel; returns for each whether it succeeded."""
    barrier = Barrier(len(acts))

    def done(act: Callable[[], object]) -> bool:
        barrier.wait(10)
        try:
            act()
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(done, acts))


def test_no_answer_slips_past_the_count(real: Factory) -> None:
    sharing = Sharing(real)
    budget = sharing.opened()
    people = [real.citizen() for _ in range(4)]
    answers = [lambda who=who: sharing.answer(budget, 1, 0, 0, who=who) for who in people]
    closed, *taken = at_once(lambda: sharing.do(close_budget, budget_id=budget.id), *answers)
    assert closed
    result = sharing.reread(budget).result
    assert result is not None
    assert result["answers"] == sum(taken)
    with real.session() as session:
        assert session.scalar(select(func.count()).select_from(BudgetAnswer)) == 0


def test_two_answers_of_one_person_are_one(real: Factory) -> None:
    sharing = Sharing(real)
    budget, who = sharing.opened(), real.citizen()
    bus, desk = (
        lambda: sharing.answer(budget, 1, 0, 0, who=who),
        lambda: sharing.answer(budget, 0, 1, 0, who=who),
    )
    assert at_once(bus, desk) == [True, True]
    sharing.do(close_budget, budget_id=budget.id)
    result = sharing.reread(budget).result
    assert result is not None
    assert result["answers"] == 1
