"""The form of a decision: entering one, and changing what was entered."""

from __future__ import annotations

from datetime import date
from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from consultazione.core import clock
from consultazione.core.permissions import Permission
from consultazione.outcomes.models import OutcomeState
from consultazione.outcomes.queries import latest_outcomes
from consultazione.plan.blueprint import pages
from consultazione.plan.decisions.commands.deciding import record_decision, revise_decision
from consultazione.plan.decisions.models import Decision
from consultazione.plan.decisions.queries import get_decision, get_strategy
from consultazione.plan.decisions.schemas import DecisionSchema, ReviseDecisionSchema
from consultazione.sittings.models import Sitting
from consultazione.sittings.queries import past_sittings
from consultazione.web import auth
from consultazione.web.forms import Form
from consultazione.web.request_db import renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.zones.queries import acts, chapters, priorities

_WRITTEN = (
    "title", "body", "decided_by", "decided_on", "act_id", "sitting_id", "outcome_id", "source",
    "version",
)  # fmt: skip

# How many of the latest sittings and outcomes the form offers.
_OFFERED = 200
Options = list[tuple[int, str]]


@pages.route("/piano/strategie/<int:strategy_id>/decisioni/nuova", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.RECORD_DECISION)
def new_decision(strategy_id: int) -> ResponseReturnValue:
    """Enter a decision under its strategy."""
    get_strategy(snapshot(), strategy_id)
    form = Form(DecisionSchema())
    made = form.perform(partial(record_decision, strategy_id=strategy_id))
    if made is not None:
        flash(_("The decision is entered."), "success")
        return redirect(url_for("plan.decision", decision_id=made.id))
    return _page(form, strategy_id, None)


@pages.route("/piano/decisioni/<int:decision_id>/modifica", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.REVISE_DECISION)
def edit_decision(decision_id: int) -> ResponseReturnValue:
    """Change what was entered of a decision."""
    shown = get_decision(snapshot(), decision_id)
    form = Form(ReviseDecisionSchema(), _values(shown))
    if form.perform(partial(revise_decision, decision_id=decision_id)):
        flash(_("The decision is changed."), "success")
        return redirect(url_for("plan.decision", decision_id=decision_id))
    return _page(form, shown.strategy_id, decision_id)


def _page(form: Form, strategy_id: int, decision_id: int | None) -> ResponseReturnValue:
    session = renew_snapshot()
    strategy = get_strategy(session, strategy_id)
    page = render_template(
        "plan/decision_form.html",
        form=form,
        strategy=strategy,
        decision_id=decision_id,
        priorities=[(one.id, one.title) for one in priorities(session, strategy.cycle_id)],
        chapters=[
            (one.id, f"{one.number}. {one.title}") for one in chapters(session, strategy.cycle_id)
        ],
        **_bases(session, strategy.cycle_id),
    )
    return page, form.status


def _bases(session: Session, cycle_id: int) -> dict[str, Options]:
    """What a decision of the cycle may have been taken by, as options."""
    held = past_sittings(session, cycle_id, limit=_OFFERED)
    closed = [
        one
        for one in latest_outcomes(session, cycle_id, limit=_OFFERED)
        if one.state is OutcomeState.CLOSED
    ]
    return {
        "acts": [(one.id, _on(one.title, one.on_day)) for one in acts(session, cycle_id)],
        "sittings": [(one.id, _of_sitting(one)) for one in held],
        "outcomes": [(one.id, _of_sitting(one.minutes.sitting)) for one in closed],
    }


def _of_sitting(sitting: Sitting) -> str:
    day = clock.in_rome(sitting.starts_at).date()
    return _on(f"{sitting.table.name}: {sitting.title}", day)


def _on(title: str, day: date) -> str:
    return f"{title} ({format_date(day, 'long')})"


def _values(shown: Decision) -> dict[str, object]:
    written = {name: "" if (v := getattr(shown, name)) is None else v for name in _WRITTEN}
    return written | {
        "priority_ids": [one.id for one in shown.priorities],
        "chapter_ids": [one.id for one in shown.chapters],
    }
