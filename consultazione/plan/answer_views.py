"""Answers: what everybody can see is still unanswered, and prepared answers for the office."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from consultazione.core import clock
from consultazione.core.permissions import Permission
from consultazione.core.revisions import revisions_of, version_of
from consultazione.people.history import Field, history
from consultazione.plan.approval.schemas import DueSchema
from consultazione.plan.blocks.commands.generating import generate_consultation_block
from consultazione.plan.blueprint import pages
from consultazione.plan.commands.batching import release_answers, set_answers_due
from consultazione.plan.commands.correcting import correct_answer
from consultazione.plan.discussion.queries import waiting_comments, waiting_suggestions
from consultazione.plan.events import plan_stream
from consultazione.plan.labels import ANSWER_NAMES, STATE_NAMES, STATE_TONES
from consultazione.plan.models import ContributionState
from consultazione.plan.queries import (
    CONTRIBUTIONS_A_PAGE,
    chapter_by_number,
    contributions_after,
    get_contribution,
    table_names,
)
from consultazione.plan.schemas import CorrectAnswerSchema
from consultazione.plan.standing import plan_of
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.forms import Form, act
from consultazione.web.last_update import page_follows
from consultazione.web.paging import paged
from consultazione.web.request_db import renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.url_converters import asked_id

_MOST_SAID = 100
_ANSWER = {
    "state": Field(
        lazy_gettext("Answer"), lambda value: STATE_NAMES[ContributionState(str(value))]
    ),
    "reason": Field(lazy_gettext("The reason of the plan office")),
}


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


@pages.route("/piano/ufficio/<int:contribution_id>/correggi", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.CORRECT_ANSWER)
def correct_given(contribution_id: int) -> ResponseReturnValue:
    """Correct an answer that was given, while the plan is not approved."""
    row = get_contribution(snapshot(), contribution_id)
    given = {"answer": row.state.value, "reason": row.reason or "", "body": row.item.body}
    read = {**given, "version": version_of(snapshot(), row)}
    form = Form(CorrectAnswerSchema(), read, shown={"answer": ANSWER_NAMES.__getitem__})
    if form.perform(partial(correct_answer, contribution_id=contribution_id)):
        flash(_("The answer is corrected. What it said before stays readable."), "success")
        return redirect(url_for("plan.earlier_answers", contribution_id=contribution_id))
    page = render_template(
        "plan/correct_answer.html",
        form=form,
        contribution=get_contribution(renew_snapshot(), contribution_id),
        answers=[(state.value, name) for state, name in ANSWER_NAMES.items()],
    )
    return page, form.status


@pages.get("/piano/contributi/<int:contribution_id>/com-era-prima")
def earlier_answers(contribution_id: int) -> str:
    """The answer to a contribution, and what it said before, for everybody."""
    session = snapshot()
    row = get_contribution(session, contribution_id)
    page_follows(plan_stream(row.chapter.cycle_id))
    return render_template(
        "plan/earlier_answers.html",
        contribution=row,
        history=history(session, revisions_of(session, row), _ANSWER),
        states=STATE_NAMES,
        tones=STATE_TONES,
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
