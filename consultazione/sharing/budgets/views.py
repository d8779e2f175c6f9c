"""Pages of participatory budgets: the list, and each with its answers or its result."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core import clock
from consultazione.core.db import Transaction
from consultazione.core.permissions import Permission
from consultazione.programme.form_values import sheet_choices
from consultazione.programme.queries import programme_of, programmes_of
from consultazione.programme.schemas import SheetSchema
from consultazione.sharing.blueprint import budgets as pages
from consultazione.sharing.budgets import queries
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
from consultazione.sharing.budgets.methods import METHODS
from consultazione.sharing.budgets.methods.base import LEAST_ANSWERS
from consultazione.sharing.budgets.models import Budget
from consultazione.sharing.budgets.schemas import (
    BudgetItemSchema,
    BudgetSchema,
    OpeningSchema,
    answer_schema,
    given_numbers,
)
from consultazione.sharing.labels import BUDGET_STATES, BUDGET_TONES
from consultazione.sharing.queries import criteria
from consultazione.sharing.views import asked_year, common
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.forms import Form, act
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.url_converters import sent_id


@pages.get(f"{IN_CYCLE}/bilancio-partecipativo")
def index() -> str:
    """The participatory budgets of the cycle, the newest first."""
    rows = queries.budgets(snapshot(), current_cycle().id)
    return render_template("sharing/budgets.html", budgets=rows, **_common(asked_year()))


@pages.route(f"{IN_CYCLE}/bilancio-partecipativo/nuovo", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.PREPARE_BUDGET)
def prepare() -> ResponseReturnValue:
    """Prepare a participatory budget for a year of the cycle."""
    cycle_id, year = current_cycle().id, asked_year()
    form = Form(BudgetSchema(), {"points": 100, "year": year})

    def write(tx: Transaction, *, amount: Any, **given: Any) -> Budget:
        return prepare_budget(tx, cycle_id=cycle_id, funds=amount, **given)

    if budget := form.perform(write):
        flash(_("Now add what the money can be spent on."), "success")
        return redirect(url_for("budgets.show", budget_id=budget.id))
    page = render_template("sharing/prepare.html", form=form, **_common(year))
    return page, form.status


@pages.get("/bilanci-partecipativi/<int:budget_id>")
def show(budget_id: int) -> ResponseReturnValue:
    """A participatory budget: what it is about, one's own answer, or the result."""
    return _page(budget_id)


@pages.post("/bilanci-partecipativi/<int:budget_id>/voci")
@limiter.limit(WRITING)
@auth.sign_in_required
def add_item(budget_id: int) -> ResponseReturnValue:
    """Admit something that the money can be spent on."""
    form = Form(BudgetItemSchema())

    def add(tx: Transaction, *, amount: Any, **given: Any) -> object:
        return add_budget_item(tx, budget_id=budget_id, cost=amount, **given)

    if form.perform(add):
        flash(_("It is admitted."), "success")
        return redirect(url_for("budgets.show", budget_id=budget_id))
    return _page(budget_id, item_form=form)


@pages.post("/bilanci-partecipativi/voci/<int:budget_item_id>/togli")
@limiter.limit(WRITING)
@auth.sign_in_required
def remove_item(budget_item_id: int) -> ResponseReturnValue:
    """Take an item away before people can answer."""
    budget_id = queries.get_budget_item(snapshot(), budget_item_id).budget_id
    command = partial(remove_budget_item, item_id=budget_item_id)
    to = url_for("budgets.show", budget_id=budget_id)
    return act(command, done=_("The item is taken away."), to=to)


@pages.post("/bilanci-partecipativi/<int:budget_id>/apri")
@limiter.limit(WRITING)
@auth.sign_in_required
def begin(budget_id: int) -> ResponseReturnValue:
    """Let people answer until a moment."""
    form = Form(OpeningSchema())
    if form.perform(partial(open_budget, budget_id=budget_id)):
        flash(_("People can answer now."), "success")
        return redirect(url_for("budgets.show", budget_id=budget_id))
    return _page(budget_id, opening_form=form)


@pages.post("/bilanci-partecipativi/<int:budget_id>/risposta")
@limiter.limit(WRITING)
@auth.sign_in_required
def answer(budget_id: int) -> ResponseReturnValue:
    """Answer, in the place of an earlier answer.

    The form carries no key against repeats: the same answer twice is one, and nothing of it
    shall be kept beside its row.
    """
    form = _answer_form(queries.get_budget(snapshot(), budget_id))

    def write(tx: Transaction, **given: Any) -> int:
        return answer_budget(tx, budget_id=budget_id, given=given_numbers(given))

    if form.perform(write):
        flash(_("Your answer is counted. You can change it until the end."), "success")
        return redirect(url_for("budgets.show", budget_id=budget_id))
    return _page(budget_id, form=form)


@pages.post("/bilanci-partecipativi/<int:budget_id>/chiudi")
@limiter.limit(WRITING)
@auth.sign_in_required
def close(budget_id: int) -> ResponseReturnValue:
    """Count the answers, publish the result, erase the answers."""
    command = partial(close_budget, budget_id=budget_id)
    done = _("The answers are counted and erased; the result is public.")
    return act(command, done=done, to=url_for("budgets.show", budget_id=budget_id))


@pages.post("/bilanci-partecipativi/voci/<int:budget_item_id>/accogli")
@limiter.limit(WRITING)
@auth.sign_in_required
def take_up(budget_item_id: int) -> ResponseReturnValue:
    """Let the municipalities pay together for what was chosen."""
    budget_id = queries.get_budget_item(snapshot(), budget_item_id).budget_id
    criterion_id = sent_id("criterion_id")
    command = partial(take_up_budget_item, item_id=budget_item_id, criterion_id=criterion_id)
    done = _("It is among the items that the municipalities pay for together.")
    return act(command, done=done, to=url_for("budgets.show", budget_id=budget_id))


@pages.route("/bilanci-partecipativi/voci/<int:budget_item_id>/programma", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.PUT_BUDGET_ITEM_INTO_PROGRAMME)
def put_into_programme(budget_item_id: int) -> ResponseReturnValue:
    """Make what was chosen an intervention of the year's programme."""
    item = queries.get_budget_item(snapshot(), budget_item_id)
    budget = queries.get_budget(snapshot(), item.budget_id)
    programme = programme_of(snapshot(), budget.cycle_id, budget.year)
    form = Form(SheetSchema(), {"title": item.title, "actions": item.description})
    if made := form.perform(partial(put_budget_item_into_programme, item_id=item.id)):
        flash(_("The intervention is in the programme. Now share out its cost."), "success")
        return redirect(url_for("programme.cost", intervention_id=made.id))
    page = render_template(
        "programme/result.html",
        programme=programme,
        form=form,
        action=url_for("budgets.put_into_programme", budget_item_id=item.id),
        back=url_for("budgets.show", budget_id=budget.id),
        back_title=budget.title,
        origin=item.title,
        amount=item.cost,
        **sheet_choices(snapshot(), programme),
    )
    return page, form.status


def _page(
    budget_id: int,
    *,
    form: Form | None = None,
    item_form: Form | None = None,
    opening_form: Form | None = None,
) -> ResponseReturnValue:
    session = renew_snapshot()
    budget = queries.get_budget(session, budget_id)
    page = render_template(
        "sharing/budget.html",
        budget=budget,
        method=METHODS[budget.method],
        form=form or _answer_form(budget),
        item_form=item_form or _blank(BudgetItemSchema()),
        opening_form=opening_form or _blank(OpeningSchema()),
        answers=queries.count_answers(session, budget_id),
        answered=queries.choice_of(session, budget_id, actor().person_id),
        is_late=budget.closes_at is not None and budget.closes_at <= clock.now(),
        taken_up=queries.taken_up(session, [item.id for item in budget.items]),
        programmed=queries.programmed(session, [item.id for item in budget.items]),
        open_years={row.year for row in programmes_of(session, budget.cycle_id)},
        criteria=[(row.id, row.current.name) for row in criteria(session, budget.cycle_id)],
        **_common(budget.year),
    )
    shown = (form, item_form, opening_form)
    return page, max(one.status if one else 200 for one in shown)


def _answer_form(budget: Budget) -> Form:
    """The form of an answer, with what the reader has answered before."""
    given = queries.choice_of(snapshot(), budget.id, actor().person_id)
    terms = queries.terms_of(budget)
    schema = answer_schema([item.id for item in terms.items], METHODS[budget.method].most(terms))
    return Form(schema, {f"item-{item}": number for item, number in given.items()})


def _blank(schema: Any) -> Form:
    """A form that was not sent, though another one of the page was."""
    form = Form(schema)
    form.values = {}
    return form


def _common(year: int) -> Mapping[str, object]:
    return {
        **common(year),
        "states": BUDGET_STATES,
        "tones": BUDGET_TONES,
        "methods": METHODS,
        "least_answers": LEAST_ANSWERS,
    }
