"""Pages on what became of a promise: the assessment, and the comments of organisations."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.permissions import Permission, require
from consultazione.memory.blueprint import pages
from consultazione.memory.commands.assessing import (
    assess_promise,
    comment_on_assessment,
    hide_assessment_comment,
)
from consultazione.memory.labels import FULFILMENT_TONES, FULFILMENTS
from consultazione.memory.promises import Assessable, promise_of_item, promise_of_priority
from consultazione.memory.queries import (
    comments,
    get_assessment,
    get_comment,
    outcome_of,
)
from consultazione.memory.schemas import AssessmentSchema, CommentSchema
from consultazione.people.labels import CATEGORY_NAMES
from consultazione.web import auth
from consultazione.web.fields import ReasonSchema
from consultazione.web.forms import Form
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter


@pages.route("/promesse/<int:assessment_id>", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
def promise(assessment_id: int) -> ResponseReturnValue:
    """An assessment with its evidence and the comments on it; organisations add theirs."""
    row = get_assessment(snapshot(), assessment_id)
    form = Form(CommentSchema())
    if form.perform(partial(comment_on_assessment, assessment_id=row.id)):
        flash(_("The comment is public now."), "success")
        return redirect(url_for("memory.promise", assessment_id=row.id, _anchor="commenti"))
    session = renew_snapshot()
    page = render_template(
        "memory/promise.html",
        assessment=get_assessment(session, assessment_id),
        outcome=outcome_of(session, row.item_id) if row.item_id else None,
        comments=comments(session, assessment_id),
        categories=CATEGORY_NAMES,
        fulfilments=FULFILMENTS,
        tones=FULFILMENT_TONES,
        form=form,
    )
    return page, form.status


@pages.route("/promesse/priorita/<int:priority_id>/valuta", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def assess_priority(priority_id: int) -> ResponseReturnValue:
    """Say what became of a priority."""
    return _assess(promise_of_priority(snapshot(), priority_id))


@pages.route("/promesse/conclusioni/<int:outcome_item_id>/valuta", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def assess_conclusion(outcome_item_id: int) -> ResponseReturnValue:
    """Say what became of a conclusion of a table."""
    return _assess(promise_of_item(snapshot(), outcome_item_id))


@pages.route("/promesse/commenti/<int:assessment_comment_id>/nascondi", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def hide_comment(assessment_comment_id: int) -> ResponseReturnValue:
    """Hide a comment, with a reason that everybody reads."""
    row = get_comment(snapshot(), assessment_comment_id)
    assessment = get_assessment(snapshot(), row.assessment_id)
    require(actor(), Permission.HIDE_ASSESSMENT_COMMENT, zone_id=assessment.zone_id)
    form = Form(ReasonSchema())
    if form.perform(partial(hide_assessment_comment, comment_id=assessment_comment_id)):
        flash(_("The comment is hidden; its reason is public."), "success")
        return redirect(url_for("memory.promise", assessment_id=row.assessment_id))
    page = render_template("memory/hide_comment.html", form=form, comment=row)
    return page, form.status


def _assess(found: Assessable) -> ResponseReturnValue:
    require(actor(), Permission.ASSESS_PROMISE, zone_id=found.cycle.zone_id)
    form = Form(AssessmentSchema(), _as_it_stands(found))
    command = partial(assess_promise, priority_id=found.priority_id, item_id=found.item_id)
    if row := form.perform(command):
        flash(_("The assessment is public now, with its evidence."), "success")
        return redirect(url_for("memory.promise", assessment_id=row.id))
    kinds = [(kind.value, name) for kind, name in FULFILMENTS.items()]
    page = render_template("memory/assess.html", form=form, promise=found, kinds=kinds)
    return page, form.status


def _as_it_stands(found: Assessable) -> dict[str, str]:
    stands = found.assessment
    if stands is None:
        return {}
    return {
        "fulfilment": stands.fulfilment.value,
        "evidence": stands.evidence,
        "source": stands.source,
    }
