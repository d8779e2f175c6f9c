"""Answers: what everybody can see is still unanswered, and prepared answers for the office."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from consultazione.core import clock
from consultazione.core.permissions import Permission
from consultazione.plan.approval.schemas import DueSchema
from consultazione.plan.blocks.commands.generating import generate_consultation_block
from consultazione.plan.blueprint import pages
from consultazione.plan.commands.batching import release_answers, set_answers_due
from consultazione.plan.discussion.queries import waiting_comments, waiting_suggestions
from consultazione.plan.queries import (
    CONTRIBUTIONS_A_PAGE,
    chapter_by_number,
    contributions_after,
    table_names,
)
from consultazione.plan.standing import plan_of
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.forms import Form, act
from consultazione.web.paging import paged
from consultazione.web.request_db import snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.url_converters import asked_id

_MOST_SAID = 100


@pages.get(f"{IN_CYCLE}/piano/senza-risposta")
def unanswered() -> str:
    """What waits for an answer of the plan office: contributions, comments, suggestions."""
    session, cycle_id = snapshot(), current_cycle().id
    after, most = asked_id("dopo") or 0, CONTRIBUTIONS_A_PAGE
    rows = contributions_after(session, cycle_id, after=after, limit=most + 1, waiting=True)
    shown, last = paged(rows, most)
    return render_template(
        "plan/unanswered.html",
        plan=plan_of(session, cycle_id),
        today=clock.today(),
        contributions=shown,
        next_url=url_for("plan.unanswered", dopo=last.id) if last else None,
        tables=table_names(session, shown),
        comments=waiting_comments(session, cycle_id, _MOST_SAID),
        suggestions=waiting_suggestions(session, cycle_id, _MOST_SAID),
    )


@pages.post(f"{IN_CYCLE}/piano/ufficio/pubblica-risposte")
@limiter.limit(WRITING)
@auth.permission_required(Permission.RELEASE_ANSWERS)
def release() -> Response:
    """Publish all answers that are prepared."""
    command = partial(release_answers, cycle_id=current_cycle().id)
    return act(command, done=_("The prepared answers are public."), to=url_for("plan.office"))


@pages.route(f"{IN_CYCLE}/piano/ufficio/scadenza", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.SET_ANSWERS_DUE)
def due() -> ResponseReturnValue:
    """Say by which day contributions are answered."""
    plan = plan_of(snapshot(), current_cycle().id)
    given = plan.answers_due_on if plan else None
    form = Form(DueSchema(), {"due_on": given.isoformat() if given else ""})
    if form.perform(partial(set_answers_due, cycle_id=current_cycle().id)):
        flash(_("Everybody can see by when contributions are answered."), "success")
        return redirect(url_for("plan.office"))
    return render_template("plan/due.html", form=form), form.status


@pages.post(f"{IN_CYCLE}/piano/capitoli/<int(max=9999):number>/concertazione")
@limiter.limit(WRITING)
@auth.permission_required(Permission.GENERATE_CONSULTATION_BLOCK)
def generate(number: int) -> Response:
    """Write how the plan was consulted on, from the platform's own records."""
    row = chapter_by_number(snapshot(), current_cycle().id, number)
    command = partial(generate_consultation_block, chapter_id=row.id)
    done = _("The block with the figures of the consultation is written.")
    return act(command, done=done, to=url_for("plan.chapter", number=number))
