"""What several take away at the same moment is taken away once, and the log says so once."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine, text

from consultazione.core.actor import SYSTEM, Role
from consultazione.core.db import Database
from consultazione.core.errors import Conflict, NotFound
from consultazione.programme.commands.funds import lift_earmark
from consultazione.programme.commands.interventions import remove_intervention
from consultazione.programme.commands.results import remove_indicator, remove_resource
from consultazione.sharing.budgets.commands import (
    add_budget_item,
    prepare_budget,
    remove_budget_item,
)
from consultazione.sharing.budgets.models import BudgetMethod
from consultazione.sharing.commands.items import remove_shared_item
from consultazione.zones.acts.commands.approving import strike_approval
from consultazione.zones.models import Body, BodyKind
from tests.support.factories import Factory
from tests.support.final_commits import final_commits
from tests.support.two_zones import one_of_everything

REMOVALS: dict[Callable[..., object], str] = {
    remove_indicator: "indicator_id",
    remove_resource: "resource_id",
    remove_intervention: "intervention_id",
    lift_earmark: "earmark_id",
    remove_shared_item: "item_id",
    strike_approval: "step_id",
    remove_budget_item: "draft_item_id",
}
AT_ONCE = 3


@pytest.fixture(scope="module")
def place(
    engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Factory, dict[str, Any]]]:
    """A zone full of objects, whose commits are real."""
    with final_commits(engine) as database:
        make = Factory(database)
        things = one_of_everything(make, tmp_path_factory.mktemp("things"))
        yield make, {**things, "draft_item_id": draft_item(make)}


def draft_item(make: Factory) -> int:
    """The id of something that a budget admits which is not open yet."""
    with make.database.transaction(make.holder(Role.PLAN_OFFICE)) as tx:
        budget = prepare_budget(
            tx, cycle_id=make.cycle.id, year=2018, title="Come spendere", description="",
            method=BudgetMethod.POINTS, funds=Decimal(1000),
        )  # fmt: skip
        item = add_budget_item(
            tx, budget_id=budget.id, title="Uno sportello", description="", cost=Decimal(10)
        )
    return item.id


@pytest.mark.parametrize("command", REMOVALS, ids=lambda command: command.__name__)
def test_what_is_taken_away_at_once_is_taken_away_once(
    place: tuple[Factory, dict[str, Any]], command: Callable[..., object]
) -> None:
    make, things = place
    parameter = list(inspect.signature(command).parameters)[1]
    given = {parameter: things[REMOVALS[command]]}
    office, barrier = make.holder(Role.PLAN_OFFICE), Barrier(AT_ONCE)

    def take_away(_number: int) -> list[str]:
        barrier.wait(10)
        try:
            with make.database.transaction(office) as tx:
                command(tx, **given)
        except (Conflict, NotFound):
            return []
        return [entry.kind for entry in tx.entries]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        recorded = sorted(pool.map(take_away, range(AT_ONCE)))
    assert recorded[:-1] == [[], []]
    assert len(recorded[-1]) == 1


def test_a_row_that_names_one_that_is_gone_is_refused(database: Database, make: Factory) -> None:
    """Whoever wrote it had looked before, so only another who came first can be the reason."""

    def name_what_is_gone() -> None:
        with database.transaction(SYSTEM) as tx:
            tx.session.add(a_body(make.zone.id + 10**6))

    with pytest.raises(Conflict, match="at the same moment"):
        name_what_is_gone()


def test_a_row_that_is_changed_while_it_goes_is_refused(database: Database, make: Factory) -> None:
    def change_what_goes() -> None:
        with database.transaction(SYSTEM) as tx:
            body = a_body(make.zone.id)
            tx.session.add(body)
            tx.flush()
            tx.session.execute(text("DELETE FROM body WHERE id = :id"), {"id": body.id})
            body.name = "Comune nuovo"

    with pytest.raises(Conflict, match="at the same moment"):
        change_what_goes()


def a_body(zone_id: int) -> Body:
    return Body(zone_id=zone_id, name="Comune", kind=BodyKind.MUNICIPALITY)
