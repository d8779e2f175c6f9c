"""Commands on participatory budgets: prepare, open, answer, close, take the result up.

Answering locks the budget FOR SHARE, everything else FOR UPDATE: no answer slips past the count.
All raise NotFound if there is no such budget.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from consultazione.core.actor import SYSTEM
from consultazione.core.canonical import sha256_of
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.programme.commands.interventions import add_intervention
from consultazione.programme.models import Intervention
from consultazione.programme.queries import programme_of
from consultazione.programme.sheet import Sheet
from consultazione.sharing.apportionment import cents_of
from consultazione.sharing.budgets.events import (
    BudgetAnswered,
    BudgetClosed,
    BudgetItemAdded,
    BudgetItemProgrammed,
    BudgetItemRemoved,
    BudgetOpened,
    BudgetPrepared,
    budget_stream,
)
from consultazione.sharing.budgets.methods import METHODS, read_choice
from consultazione.sharing.budgets.methods.base import result_of
from consultazione.sharing.budgets.models import (
    Budget,
    BudgetAnswer,
    BudgetIntervention,
    BudgetItem,
    BudgetMethod,
    BudgetState,
)
from consultazione.sharing.budgets.queries import (
    count_answers,
    get_budget_item,
    programmed,
    taken_up,
    terms_of,
)
from consultazione.sharing.models import SharedItem
from consultazione.sharing.steps import append_item
from consultazione.zones.locking import locked_cycle

MOST_ITEMS = 50
MOST_POINTS = 1000


def prepare_budget(
    tx: Transaction,
    *,
    cycle_id: int,
    year: int,
    title: str,
    description: str,
    method: BudgetMethod,
    funds: Decimal,
    points: int = 100,
    demo: bool = False,
) -> Budget:
    """Prepare a participatory budget for a year of a cycle, still closed and without items.

    funds: in euro. points: what each person gives away, where the method is points.
    Invalid on `year`, `title`, `amount` or `points`.
    """
    cycle = locked_cycle(tx, cycle_id)
    require(tx.actor, Permission.PREPARE_BUDGET, zone_id=cycle.zone_id)
    if not cycle.first_year <= year <= cycle.last_year:
        raise Invalid.at("year", _("Choose a year of the cycle %(years)s.", years=cycle.years))
    if not 1 <= points <= MOST_POINTS:
        raise Invalid.at("points", _("Write a number of points from 1 to 1000."))
    cents = _positive_cents(title, funds)
    budget = Budget(
        cycle_id=cycle.id,
        zone_id=cycle.zone_id,
        year=year,
        title=title,
        description=description,
        method=method,
        funds=funds,
        points=points,
        state=BudgetState.DRAFT,
        written_at=tx.now,
        demo=demo,
    )
    tx.session.add(budget)
    tx.flush()
    tx.record(
        budget_stream(budget.id),
        BudgetPrepared(
            budget_id=budget.id,
            cycle_id=cycle.id,
            year=year,
            method=method,
            cents=cents,
            points=points,
            title=FreeText(title),
            description=FreeText(description),
        ),
    )
    return budget


def add_budget_item(
    tx: Transaction, *, budget_id: int, title: str, description: str, cost: Decimal
) -> BudgetItem:
    """Admit something to spend on; cost in euro. Conflict once the budget is open, or with 50.

    Invalid on `title` or `amount`; on `amount` too if it costs more than the funds.
    """
    budget = _draft(tx, budget_id)
    require(tx.actor, Permission.ADD_BUDGET_ITEM, zone_id=budget.zone_id)
    cents = _positive_cents(title, cost)
    if cost > budget.funds:
        raise Invalid.at("amount", _("Write a cost that the sum can pay."))
    if len(budget.items) >= MOST_ITEMS:
        raise Conflict(_("Fifty items are many to choose from: take one away first."))
    item = BudgetItem(
        budget_id=budget.id,
        number=max((item.number for item in budget.items), default=0) + 1,
        title=title,
        description=description,
        cost=cost,
    )
    tx.session.add(item)
    tx.flush()
    tx.record(
        budget_stream(budget.id),
        BudgetItemAdded(
            budget_id=budget.id,
            item_id=item.id,
            number=item.number,
            cents=cents,
            title=FreeText(title),
            description=FreeText(description),
        ),
    )
    return item


def remove_budget_item(tx: Transaction, *, item_id: int) -> None:
    """Take an item away again. NotFound if there is none; Conflict once the budget is open."""
    item = get_budget_item(tx.session, item_id)
    budget = _draft(tx, item.budget_id)
    require(tx.actor, Permission.REMOVE_BUDGET_ITEM, zone_id=budget.zone_id)
    tx.session.refresh(item)
    tx.session.delete(item)
    tx.record(budget_stream(budget.id), BudgetItemRemoved(budget_id=budget.id, item_id=item_id))


def open_budget(tx: Transaction, *, budget_id: int, closes_at: datetime) -> Budget:
    """Let people answer until a moment. From now on items and rules stay as they are.

    Conflict unless it is a draft with two items or more; Invalid on `closes_at` if it is past.
    """
    budget = _draft(tx, budget_id)
    require(tx.actor, Permission.OPEN_BUDGET, zone_id=budget.zone_id)
    if len(budget.items) < 2:
        raise Conflict(_("Add at least two items first: else there is nothing to choose."))
    if closes_at <= tx.now:
        raise Invalid.at("closes_at", _("Choose a moment in the future."))
    budget.state, budget.opened_at, budget.closes_at = BudgetState.OPEN, tx.now, closes_at
    opened = BudgetOpened(budget_id=budget.id, closes_at=closes_at)
    tx.record(budget_stream(budget.id), opened)
    return budget


def answer_budget(tx: Transaction, *, budget_id: int, given: Mapping[int, int]) -> int:
    """Answer, in the place of an earlier answer if there is one; returns how many have answered.

    given: a number by the item's id, as the budget's method reads it. The entry in the log names
    nobody and says nothing of the answer. Conflict unless the budget is open; Invalid on `answer`
    or `item-<id>`.
    """
    budget = _locked(tx, budget_id, shared=True)
    require(tx.actor, Permission.ANSWER_BUDGET, zone_id=budget.zone_id)
    person_id = acting_person(tx.actor)
    _require_open(budget)
    if budget.closes_at and budget.closes_at <= tx.now:
        raise Conflict(_("The time for answers is over: the result will be shown here."))
    choice = read_choice(METHODS[budget.method], given, terms_of(budget))
    stored = {"choice": {str(item_id): number for item_id, number in choice.items()}}
    row = insert(BudgetAnswer).values(budget_id=budget.id, person_id=person_id, **stored)
    tx.session.execute(row.on_conflict_do_update(constraint="pk_budget_answer", set_=stored))
    answers = count_answers(tx.session, budget.id)
    with tx.acting_as(SYSTEM):
        answered = BudgetAnswered(budget_id=budget.id, answers=answers)
        tx.record(budget_stream(budget.id), answered)
    return answers


def close_budget(tx: Transaction, *, budget_id: int) -> Budget:
    """Count the answers, publish the result, and erase the answers. Conflict unless it is open."""
    budget = _locked(tx, budget_id)
    require(tx.actor, Permission.CLOSE_BUDGET, zone_id=budget.zone_id)
    _require_open(budget)
    stored = tx.session.scalars(select(BudgetAnswer.choice).filter_by(budget_id=budget.id))
    choices = [{int(item): number for item, number in choice.items()} for choice in stored]
    budget.result = dict(result_of(METHODS[budget.method], choices, terms_of(budget)))
    budget.state, budget.closed_at = BudgetState.CLOSED, tx.now
    tx.session.execute(delete(BudgetAnswer).where(BudgetAnswer.budget_id == budget.id))
    tx.record(
        budget_stream(budget.id),
        BudgetClosed(budget_id=budget.id, answers=len(choices), digest=sha256_of(budget.result)),
    )
    return budget


def take_up_budget_item(tx: Transaction, *, item_id: int, criterion_id: int) -> SharedItem:
    """Let the municipalities pay together for what was chosen, in the budget's year.

    Idempotent. NotFound if there is no such item; Conflict unless the closed budget chose it, or
    if it is an intervention; Invalid on `criterion_id`.
    """
    item = get_budget_item(tx.session, item_id)
    budget = _locked(tx, item.budget_id)
    require(tx.actor, Permission.TAKE_UP_BUDGET_ITEM, zone_id=budget.zone_id)
    _require_chosen(item, budget)
    _require_no_intervention(tx, item)
    cycle = locked_cycle(tx, budget.cycle_id)
    if taken_up(tx.session, [item.id]):
        return tx.session.scalars(select(SharedItem).filter_by(budget_item_id=item.id)).one()
    return append_item(
        tx,
        cycle,
        year=budget.year,
        title=item.title,
        amount=item.cost,
        criterion_id=criterion_id,
        budget_item_id=item.id,
        demo=budget.demo,
    )


def put_budget_item_into_programme(
    tx: Transaction, *, item_id: int, sheet: Sheet, reason: str = ""
) -> Intervention:
    """Make what was chosen an intervention of the programme of the budget's year.

    NotFound if there is no such item or the programme of the year is not open; Conflict unless
    the closed budget chose it, if it is an intervention already, or if municipalities pay for it
    together: it would count twice. Invalid as for every new intervention.
    """
    item = get_budget_item(tx.session, item_id)
    budget = _locked(tx, item.budget_id)
    require(tx.actor, Permission.PUT_BUDGET_ITEM_INTO_PROGRAMME, zone_id=budget.zone_id)
    _require_chosen(item, budget)
    _require_no_intervention(tx, item)
    if taken_up(tx.session, [item.id]):
        sentence = _("It is among the items that municipalities pay for together already.")
        raise Conflict(sentence)
    programme = programme_of(tx.session, budget.cycle_id, budget.year)
    intervention = add_intervention(
        tx, programme_id=programme.id, sheet=sheet, reason=reason, demo=budget.demo
    )
    tx.session.add(BudgetIntervention(intervention_id=intervention.id, budget_item_id=item.id))
    tx.flush()
    tx.record(
        budget_stream(budget.id),
        BudgetItemProgrammed(budget_id=budget.id, item_id=item.id, intervention_id=intervention.id),
    )
    return intervention


def _require_chosen(item: BudgetItem, budget: Budget) -> None:
    rows = (budget.result or {}).get("rows", [])
    if item.id not in {row["item_id"] for row in rows if row["chosen"]}:
        raise Conflict(_("Only what the answers chose can be taken up."))


def _require_no_intervention(tx: Transaction, item: BudgetItem) -> None:
    if programmed(tx.session, [item.id]):
        raise Conflict(_("It is an intervention of the programme already: open that one."))


def _locked(tx: Transaction, budget_id: int, *, shared: bool = False) -> Budget:
    budget = tx.session.get(
        Budget, budget_id, with_for_update={"read": shared}, populate_existing=True
    )
    if budget is None:
        raise NotFound(_("There is no such participatory budget."))
    return budget


def _draft(tx: Transaction, budget_id: int) -> Budget:
    budget = _locked(tx, budget_id)
    if budget.state is not BudgetState.DRAFT:
        raise Conflict(_("People can answer already: items and rules stay as they are."))
    return budget


def _require_open(budget: Budget) -> None:
    if budget.state is BudgetState.DRAFT:
        raise Conflict(_("This participatory budget is not open yet."))
    if budget.state is BudgetState.CLOSED:
        raise Conflict(_("This participatory budget is over: read its result."))


def _positive_cents(title: str, amount: Decimal) -> int:
    if not title.strip():
        raise Invalid.at("title", _("Write what it is called."))
    cents = cents_of(amount)
    if not cents:
        raise Invalid.at("amount", _("Write an amount above zero."))
    return cents
