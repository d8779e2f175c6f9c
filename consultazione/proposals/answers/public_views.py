"""Pages of answers: which proposals wait, answers that were published, and publishing them."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.permissions import Permission, require
from consultazione.proposals.answers.commands.publishing import (
    publish_proposal_answers,
    set_answer_days,
)
from consultazione.proposals.answers.labels import TONES, VERDICTS
from consultazione.proposals.answers.queries import answers_in, get_batch, ready_answers
from consultazione.proposals.answers.schemas import AnswerDaysSchema, PublishAnswersSchema
from consultazione.proposals.answers.waiting import count_waiting, days_of, waiting
from consultazione.proposals.blueprint import pages
from consultazione.tables.events import table_stream
from consultazione.tables.models import ThematicTable
from consultazione.tables.queries import table_by_slug, tables
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, IN_ZONE, current_cycle, current_zone
from consultazione.web.forms import Form
from consultazione.web.last_update import page_follows
from consultazione.web.paging import paged
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.url_converters import asked_id

_A_PAGE = 30


@pages.get(f"{IN_CYCLE}/proposte/in-attesa-di-risposta", endpoint="waiting")
def list_waiting() -> str:
    """The proposals that wait for an answer, who waits longest first, for everybody."""
    session, cycle = snapshot(), current_cycle()
    places = tables(session, cycle.id)
    page_follows(*(table_stream(table.id) for table in places))
    table_id = _asked_table(places)
    at = (session, cycle.id, cycle.zone.id)
    rows = waiting(*at, table_id=table_id, after=asked_id("dopo"), limit=_A_PAGE + 1)
    shown, last = paged(rows, _A_PAGE)
    return render_template(
        "proposals/answers/waiting.html",
        rows=shown,
        counts=count_waiting(*at, table_id),
        days=days_of(session, cycle.zone.id),
        tables=places,
        table_id=table_id,
        next_after=last.proposal.id if last else None,
    )


@pages.get("/risposte/<int:answer_batch_id>")
def answers(answer_batch_id: int) -> str:
    """The answers that a table published together, for everybody."""
    batch = get_batch(snapshot(), answer_batch_id)
    page_follows(table_stream(batch.table_id))
    return render_template(
        "proposals/answers/batch.html",
        batch=batch,
        answers=answers_in(snapshot(), batch.id),
        verdicts=VERDICTS,
        tones=TONES,
    )


@pages.route(f"{IN_CYCLE}/tavoli/<slug>/risposte", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def publish_answers(slug: str) -> ResponseReturnValue:
    """Read the answers that are ready, and publish those that are chosen, all together."""
    table = table_by_slug(snapshot(), current_cycle().id, slug)
    permission = Permission.PUBLISH_PROPOSAL_ANSWERS
    require(actor(), permission, zone_id=table.zone_id, table_id=table.id)
    form = Form(PublishAnswersSchema())
    batch = form.perform(partial(publish_proposal_answers, table_id=table.id))
    if batch:
        flash(_("The answers are public, and their authors are told."), "success")
        return redirect(url_for("proposals.answers", answer_batch_id=batch.id))
    return _to_publish(table, form), form.status


@pages.route(f"{IN_ZONE}/amministrazione/risposte", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.SET_ANSWER_DAYS)
def answer_days() -> ResponseReturnValue:
    """Say in how many days the zone answers proposals."""
    zone_id = current_zone().id
    form = Form(AnswerDaysSchema(), {"days": days_of(snapshot(), zone_id) or ""})
    if form.perform(partial(set_answer_days, zone_id=zone_id)):
        flash(_("Everybody sees now by when proposals are answered."), "success")
        return redirect(url_for("proposals.waiting"))
    return render_template("proposals/answers/days.html", form=form), form.status


def _to_publish(table: ThematicTable, form: Form) -> str:
    """The page of the answers that are ready; at first all of them are chosen."""
    ready = ready_answers(renew_snapshot(), table.id, actor().person_id)
    if request.method == "GET":
        form.values["answers"] = [f"{one.proposal_id}.{one.revision}" for one in ready]
    return render_template(
        "proposals/answers/publish.html",
        table=table,
        form=form,
        ready=ready,
        verdicts=VERDICTS,
        tones=TONES,
    )


def _asked_table(places: list[ThematicTable]) -> int | None:
    """The table that the query asks for; None for all."""
    slug = request.args.get("tavolo", "")
    return next((table.id for table in places if table.slug == slug), None)
