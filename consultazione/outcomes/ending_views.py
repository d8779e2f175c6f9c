"""The chair's pages of a sign-off: another last day for it, and its end."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.permissions import Permission, require
from consultazione.outcomes import answers
from consultazione.outcomes.blueprint import pages
from consultazione.outcomes.commands.ending import close_outcome, set_outcome_deadline
from consultazione.outcomes.models import Outcome
from consultazione.outcomes.queries import get_outcome
from consultazione.outcomes.schemas import CloseSchema, DeadlineSchema
from consultazione.web import auth
from consultazione.web.forms import Form
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter


@pages.route("/esiti/<int:outcome_id>/scadenza", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def deadline(outcome_id: int) -> ResponseReturnValue:
    """Set another last day for the unions' answers, with the reason."""
    outcome = _of_chair(outcome_id, Permission.SET_OUTCOME_DEADLINE)
    due_on = outcome.due_on.isoformat() if outcome.due_on else ""
    form = Form(DeadlineSchema(), {"due_on": due_on})
    if form.perform(partial(set_outcome_deadline, outcome_id=outcome_id)):
        flash(_("The new last day stands on the page of the outcome, with your reason."), "success")
        return redirect(url_for("outcomes.show", outcome_id=outcome_id))
    return render_template("outcomes/deadline.html", outcome=outcome, form=form), form.status


@pages.route("/esiti/<int:outcome_id>/chiusura", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def end(outcome_id: int) -> ResponseReturnValue:
    """End the sign-off, with the reason."""
    outcome = _of_chair(outcome_id, Permission.CLOSE_OUTCOME)
    form = Form(CloseSchema())
    if form.perform(partial(close_outcome, outcome_id=outcome_id)):
        flash(_("The sign-off is over; the conclusions go to the plan."), "success")
        return redirect(url_for("outcomes.show", outcome_id=outcome_id))
    page = render_template("outcomes/end.html", outcome=outcome, form=form, answers=answers)
    return page, form.status


def _of_chair(outcome_id: int, permission: Permission) -> Outcome:
    """The outcome; NotFound if there is none, NotAllowed unless the reader leads its table."""
    outcome = get_outcome(snapshot(), outcome_id)
    table = outcome.minutes.sitting.table
    require(actor(), permission, zone_id=table.zone_id, table_id=table.id)
    return outcome
