"""Participatory budgets: from the draft to the result, and what nobody can learn."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from consultazione.core import clock, log
from consultazione.core.actor import VISITOR, Role
from consultazione.core.canonical import sha256_of
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.core.events import to_data
from consultazione.programme.commands.interventions import remove_intervention
from consultazione.programme.commands.programmes import open_programme
from consultazione.sharing import queries
from consultazione.sharing.budgets.commands import (
    add_budget_item,
    answer_budget,
    close_budget,
    open_budget,
    prepare_budget,
    put_budget_item_into_programme,
    remove_budget_item,
    take_up_budget_item,
)
from consultazione.sharing.budgets.events import BudgetItemProgrammed, budget_stream
from consultazione.sharing.budgets.models import Budget, BudgetAnswer, BudgetMethod
from consultazione.sharing.budgets.queries import budget_behind, choice_of
from tests.support.sharing_story import YEAR, Sharing, in_an_hour
from tests.support.translated import reading
from tests.support.voted import sheet


def entries(sharing: Sharing, budget: Budget) -> list[log.Entry]:
    with sharing.make.session() as session:
        return log.read_stream(session, budget_stream(budget.id))


def answers(sharing: Sharing) -> int:
    with sharing.make.session() as session:
        return session.scalar(select(func.count()).select_from(BudgetAnswer)) or 0


def counted(sharing: Sharing) -> Budget:
    """A closed budget: three for the bus, two for desk and garden."""
    budget = sharing.opened()
    for numbers in [(1, 0, 0)] * 3 + [(0, 1, 1)] * 2:
        sharing.answer(budget, *numbers)
    sharing.do(close_budget, budget_id=budget.id)
    return sharing.reread(budget)


def test_answers_are_counted_and_erased(sharing: Sharing) -> None:
    budget = counted(sharing)
    assert budget.result is not None
    assert budget.result["answers"] == 5
    assert [row["title"] for row in budget.result["rows"] if row["chosen"]] == ["Bus", "Garden"]
    assert budget.result["spent"] == "1000.00"
    assert answers(sharing) == 0
    closed = to_data(entries(sharing, budget)[-1].event)
    assert closed == {"budget_id": budget.id, "answers": 5, "digest": sha256_of(budget.result)}


def test_the_log_says_neither_who_answered_nor_what(sharing: Sharing) -> None:
    budget = sharing.opened(BudgetMethod.POINTS)
    who = sharing.answer(budget, 10, 0, 0)
    sharing.answer(budget, 0, 3, 7)
    sharing.answer(budget, 0, 10, 0, who=who)
    said = [entry for entry in entries(sharing, budget) if entry.kind == "budget.answered"]
    assert [entry.actor_id for entry in said] == [None, None, None]
    assert [to_data(entry.event) for entry in said] == [
        {"budget_id": budget.id, "answers": number} for number in (1, 2, 2)
    ]


def test_a_person_has_one_answer_and_can_change_it(sharing: Sharing) -> None:
    budget = sharing.opened()
    bus, desk, _garden = (item.id for item in budget.items)
    who = sharing.answer(budget, 1, 0, 0)
    sharing.answer(budget, 0, 1, 0, who=who)
    with sharing.make.session() as session:
        assert choice_of(session, budget.id, who.person_id) == {desk: 1}
        assert choice_of(session, budget.id, sharing.office.person_id) == {}
        assert choice_of(session, budget.id, None) == {}
    with pytest.raises(Invalid, match="more than the sum") as refused:
        sharing.answer(budget, 1, 1, 0, who=who)
    with reading("it"):
        assert "costa 100,00\u00a0€ più della somma" in str(refused.value)
    with sharing.make.session() as session:
        assert bus not in choice_of(session, budget.id, who.person_id)


def test_nobody_answers_too_early_or_too_late(
    sharing: Sharing, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = sharing.budget()
    with pytest.raises(Conflict, match="not open yet"):
        sharing.answer(draft, 1, 0, 0)
    with pytest.raises(Conflict, match="not open yet"):
        sharing.do(close_budget, budget_id=draft.id)
    budget = sharing.opened()
    with pytest.raises(NotAllowed, match="Sign in"):
        sharing.answer(budget, 1, 0, 0, who=VISITOR)
    late = clock.now() + timedelta(hours=2)
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: late)
        with pytest.raises(Conflict, match="time for answers is over"):
            sharing.answer(budget, 1, 0, 0)
    sharing.do(close_budget, budget_id=budget.id)
    for command, who in ((close_budget, None), (answer_budget, sharing.make.citizen())):
        more: dict[str, Any] = {} if who is None else {"given": {}}
        with pytest.raises(Conflict, match="is over"):
            sharing.do(command, who, budget_id=budget.id, **more)


def test_rules_and_items_stay_once_people_answer(sharing: Sharing) -> None:
    budget = sharing.budget()
    sharing.do(remove_budget_item, item_id=budget.items[2].id)
    with pytest.raises(Invalid, match="in the future"):
        sharing.do(open_budget, budget_id=budget.id, closes_at=clock.now())
    sharing.do(open_budget, budget_id=budget.id, closes_at=in_an_hour())
    item = {"title": "Late", "description": "", "cost": Decimal(1)}
    for command, given in (
        (add_budget_item, {"budget_id": budget.id, **item}),
        (remove_budget_item, {"item_id": budget.items[0].id}),
        (open_budget, {"budget_id": budget.id, "closes_at": in_an_hour()}),
    ):
        with pytest.raises(Conflict, match="People can answer already"):
            sharing.do(command, **given)


def test_one_item_is_no_choice(sharing: Sharing) -> None:
    budget = sharing.budget()
    for item in budget.items[:2]:
        sharing.do(remove_budget_item, item_id=item.id)
    with pytest.raises(Conflict, match="at least two items"):
        sharing.do(open_budget, budget_id=budget.id, closes_at=in_an_hour())


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": " "}, "title"),
        ({"funds": Decimal(0)}, "amount"),
        ({"funds": Decimal("0.001")}, "amount"),
        ({"points": 0}, "points"),
        ({"year": 2030}, "year"),
    ],
)
def test_a_budget_that_cannot_be_is_refused(
    sharing: Sharing, given: dict[str, Any], field: str
) -> None:
    whole = {"title": "A", "description": "", "method": BudgetMethod.POINTS, "year": YEAR}
    given = {"cycle_id": sharing.cycle_id, "funds": Decimal(1), **whole, **given}
    with pytest.raises(Invalid) as refused:
        sharing.do(prepare_budget, **given)
    assert list(refused.value.fields) == [field]


def test_an_item_that_the_funds_cannot_pay_is_refused(sharing: Sharing) -> None:
    given = {"budget_id": sharing.budget().id, "title": "A", "description": ""}
    for cost in (Decimal(1001), Decimal(0)):
        with pytest.raises(Invalid) as refused:
            sharing.do(add_budget_item, cost=cost, **given)
        assert list(refused.value.fields) == ["amount"]


def test_what_was_chosen_is_taken_up_once(sharing: Sharing) -> None:
    budget = counted(sharing)
    bus, desk, _garden = budget.items
    for _time in range(2):
        sharing.do(take_up_budget_item, item_id=bus.id, criterion_id=sharing.by_head)
    with pytest.raises(Conflict, match="Only what the answers chose"):
        sharing.do(take_up_budget_item, item_id=desk.id, criterion_id=sharing.by_head)
    with sharing.make.session() as session:
        (item,) = queries.items(session, sharing.cycle_id, YEAR)
    assert (item.title, item.amount, item.budget_item_id) == ("Bus", Decimal(600), bus.id)


def test_what_was_chosen_becomes_one_intervention(sharing: Sharing) -> None:
    budget = counted(sharing)
    bus, desk, garden = budget.items
    wanted = sheet(sharing.bodies["Alba"], title=bus.title)
    with pytest.raises(NotFound, match="not open"):
        sharing.do(put_budget_item_into_programme, item_id=bus.id, sheet=wanted)
    sharing.do(open_programme, cycle_id=sharing.cycle_id, year=YEAR)
    made = sharing.do(put_budget_item_into_programme, item_id=bus.id, sheet=wanted)
    with sharing.make.session() as session:
        behind = budget_behind(session, made.id)
        assert behind is not None
        assert [row.id for row in behind] == [budget.id, bus.id]
    last = entries(sharing, budget)[-1].event
    assert last == BudgetItemProgrammed(
        budget_id=budget.id, item_id=bus.id, intervention_id=made.id
    )
    with pytest.raises(Conflict, match="intervention of the programme already"):
        sharing.do(put_budget_item_into_programme, item_id=bus.id, sheet=wanted)
    with pytest.raises(Conflict, match="intervention of the programme already"):
        sharing.do(take_up_budget_item, item_id=bus.id, criterion_id=sharing.by_head)
    with pytest.raises(Conflict, match="Only what the answers chose"):
        sharing.do(put_budget_item_into_programme, item_id=desk.id, sheet=wanted)
    sharing.do(take_up_budget_item, item_id=garden.id, criterion_id=sharing.by_head)
    with pytest.raises(Conflict, match="pay for together already"):
        sharing.do(put_budget_item_into_programme, item_id=garden.id, sheet=wanted)
    sharing.do(remove_intervention, intervention_id=made.id)
    sharing.do(take_up_budget_item, item_id=bus.id, criterion_id=sharing.by_head)


def test_only_the_plan_office_opens_and_closes(sharing: Sharing) -> None:
    budget = sharing.budget()
    other = sharing.make.holder(Role.ADMINISTRATOR)
    for command, given in ((open_budget, {"closes_at": in_an_hour()}), (close_budget, {})):
        with pytest.raises(NotAllowed):
            sharing.do(command, other, budget_id=budget.id, **given)
