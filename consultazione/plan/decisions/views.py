"""Pages of strategies and decisions: from needs to what was decided, and what carries it out."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.permissions import Permission
from consultazione.plan.blueprint import pages
from consultazione.plan.decisions.commands.deciding import carry_out_decisions, revoke_decision
from consultazione.plan.decisions.commands.strategies import (
    remove_strategy,
    revise_strategy,
    set_strategy,
)
from consultazione.plan.decisions.queries import (
    decisions_of_block,
    get_decision,
    get_strategy,
    standing_decisions,
    strategies,
    undecided_needs,
)
from consultazione.plan.decisions.schemas import CarriedOutSchema, StrategySchema
from consultazione.plan.events import plan_stream
from consultazione.plan.queries import get_block
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.fields import ReasonSchema
from consultazione.web.forms import Form, act
from consultazione.web.last_update import page_follows
from consultazione.web.request_db import renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter


@pages.get(f"{IN_CYCLE}/piano/decisioni")
def decisions() -> str:
    """The strategies of the cycle with their decisions, and the needs that none answers."""
    page_follows(plan_stream(current_cycle().id))
    cycle_id = current_cycle().id
    return render_template(
        "plan/decisions.html",
        strategies=strategies(snapshot(), cycle_id),
        undecided=undecided_needs(snapshot(), cycle_id),
    )


@pages.get("/piano/decisioni/<int:decision_id>")
def decision(decision_id: int) -> str:
    """Who decided, when and by what; which needs it answers; what carries it out."""
    return render_template("plan/decision.html", decision=get_decision(snapshot(), decision_id))


@pages.route(f"{IN_CYCLE}/piano/strategie/nuova", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.SET_STRATEGY)
def new_strategy() -> ResponseReturnValue:
    """Set a strategy."""
    form = Form(StrategySchema())
    made = form.perform(partial(set_strategy, cycle_id=current_cycle().id))
    if made is not None:
        flash(_("The strategy is set: now enter the decisions that follow it."), "success")
        return _back_to(made.id)
    return render_template("plan/strategy_form.html", form=form, strategy=None), form.status


@pages.route("/piano/strategie/<int:strategy_id>/modifica", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.REVISE_STRATEGY)
def edit_strategy(strategy_id: int) -> ResponseReturnValue:
    """Put a strategy in other words."""
    strategy = get_strategy(snapshot(), strategy_id)
    form = Form(StrategySchema(), {"title": strategy.title, "body": strategy.body})
    if form.perform(partial(revise_strategy, strategy_id=strategy_id)):
        flash(_("The strategy is changed."), "success")
        return _back_to(strategy_id)
    return render_template("plan/strategy_form.html", form=form, strategy=strategy), form.status


@pages.post("/piano/strategie/<int:strategy_id>/togli")
@limiter.limit(WRITING)
@auth.permission_required(Permission.REMOVE_STRATEGY)
def drop_strategy(strategy_id: int) -> ResponseReturnValue:
    """Take a strategy out that no decision follows."""
    command = partial(remove_strategy, strategy_id=strategy_id)
    return act(command, done=_("The strategy is taken out."), to=url_for("plan.decisions"))


@pages.route("/piano/decisioni/<int:decision_id>/revoca", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.REVOKE_DECISION)
def revoke(decision_id: int) -> ResponseReturnValue:
    """Say that a decision holds no longer."""
    shown = get_decision(snapshot(), decision_id)
    form = Form(ReasonSchema())
    if form.perform(partial(revoke_decision, decision_id=decision_id)):
        flash(_("The decision is revoked; it stays readable with your reason."), "success")
        return redirect(url_for("plan.decision", decision_id=decision_id))
    return render_template("plan/revoke_decision.html", form=form, decision=shown), form.status


@pages.route("/piano/paragrafi/<int:block_id>/decisioni", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.CARRY_OUT_DECISIONS)
def block_decisions(block_id: int) -> ResponseReturnValue:
    """Say which decisions a block carries out."""
    cycle_id = get_block(snapshot(), block_id).chapter.cycle_id
    chosen = [one.id for one in decisions_of_block(snapshot(), block_id)]
    form = Form(CarriedOutSchema(), {"decision_ids": chosen})
    if form.perform(partial(carry_out_decisions, block_id=block_id)):
        flash(_("It is said which decisions the block carries out."), "success")
        return redirect(url_for("plan.paragraph", paragraph_id=block_id))
    offered = [(one.id, one.title) for one in standing_decisions(renew_snapshot(), cycle_id)]
    block = get_block(snapshot(), block_id)
    page = render_template("plan/block_decisions.html", block=block, form=form, decisions=offered)
    return page, form.status


def _back_to(strategy_id: int) -> ResponseReturnValue:
    return redirect(url_for("plan.decisions", _anchor=f"strategia-{strategy_id}"))
