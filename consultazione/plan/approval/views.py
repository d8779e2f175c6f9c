"""The page on which the plan's state is seen and, by those who may, moved on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import Schema
from sqlalchemy.orm import Session

from consultazione.core import log
from consultazione.core.errors import Sentence
from consultazione.core.permissions import Permission, may
from consultazione.documents.register import registration_of
from consultazione.plan.approval.commands import (
    approve_plan,
    declare_plan_ready,
    number_plan,
    publish_plan_draft,
    reopen_plan,
)
from consultazione.plan.approval.gate import gaps
from consultazione.plan.approval.lint import text_remarks
from consultazione.plan.approval.schemas import ApproveSchema, DraftSchema, ReadySchema
from consultazione.plan.blueprint import pages
from consultazione.plan.events import plan_stream
from consultazione.plan.labels import PLAN_STATES, PLAN_TONES
from consultazione.plan.models import PlanState
from consultazione.plan.papers.kind import PLAN
from consultazione.plan.standing import plan_of, state_of
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle, current_zone
from consultazione.web.fields import ReasonSchema
from consultazione.web.forms import Form, act
from consultazione.web.request_db import actor, renew_snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.zones.queries import acts

_BLANK = {
    "draft": DraftSchema,
    "ready": ReadySchema,
    "approve": ApproveSchema,
    "reopen": ReasonSchema,
}


@pages.get(f"{IN_CYCLE}/piano/stato")
def state() -> ResponseReturnValue:
    """How far the plan has come, and what it lacks."""
    return _page({})


@pages.post(f"{IN_CYCLE}/piano/stato/bozza")
@limiter.limit(WRITING)
@auth.permission_required(Permission.PUBLISH_PLAN_DRAFT)
def publish_draft() -> ResponseReturnValue:
    """Put the plan up as a public draft."""
    return _moved("draft", DraftSchema(), publish_plan_draft, _("The public draft is open."))


@pages.post(f"{IN_CYCLE}/piano/stato/pronto")
@limiter.limit(WRITING)
@auth.permission_required(Permission.DECLARE_PLAN_READY)
def declare_ready() -> ResponseReturnValue:
    """Declare the plan ready, if nothing is missing."""
    return _moved("ready", ReadySchema(), declare_plan_ready, _("The plan is ready."))


@pages.post(f"{IN_CYCLE}/piano/stato/riapri")
@limiter.limit(WRITING)
@auth.permission_required(Permission.REOPEN_PLAN)
def reopen() -> ResponseReturnValue:
    """Take a plan that was ready back to the public draft."""
    return _moved("reopen", ReasonSchema(), reopen_plan, _("The plan is a public draft again."))


@pages.post(f"{IN_CYCLE}/piano/stato/approva")
@limiter.limit(WRITING)
@auth.permission_required(Permission.APPROVE_PLAN)
def approve() -> ResponseReturnValue:
    """Approve the plan by a recorded act."""
    return _moved("approve", ApproveSchema(), approve_plan, _("The plan is approved."))


@pages.post(f"{IN_CYCLE}/piano/stato/documento")
@limiter.limit(WRITING)
@auth.permission_required(Permission.NUMBER_PLAN)
def number() -> ResponseReturnValue:
    """Give a plan its number that was approved before the register."""
    command = partial(number_plan, cycle_id=current_cycle().id)
    return act(
        command, done=_("The plan has its number in the register."), to=url_for("plan.state")
    )


def _moved(
    name: str, schema: Schema, command: Callable[..., Any], done: str
) -> ResponseReturnValue:
    form = Form(schema)
    if form.perform(partial(command, cycle_id=current_cycle().id)):
        flash(done, "success")
        return redirect(url_for("plan.state"))
    return _page({name: form})


def _remarks(session: Session) -> list[tuple[int, Sentence]]:
    """What the office is to look at in the text; nothing for others."""
    zone_id = current_zone().id
    mends = may(actor(), Permission.EDIT_BLOCK, zone_id=zone_id)
    return text_remarks(session, current_cycle().id, zone_id=zone_id) if mends else []


def _page(sent: dict[str, Form]) -> ResponseReturnValue:
    session, cycle_id = renew_snapshot(), current_cycle().id
    forms = {name: Form(schema()) for name, schema in _BLANK.items()} | sent
    for name in ("ready", "approve"):
        forms[name].go_on_from("seen", log.head(session, plan_stream(cycle_id)))
    plan = plan_of(session, cycle_id)
    if plan and plan.comments_until and "draft" not in sent:
        forms["draft"].values["comments_until"] = plan.comments_until.isoformat()
    page = render_template(
        "plan/state.html",
        plan=plan,
        registered=registration_of(session, PLAN, cycle_id),
        state=state_of(plan),
        order=list(PlanState),
        gaps=gaps(session, cycle_id),
        remarks=_remarks(session),
        acts=[(act.id, act.title) for act in acts(session, cycle_id)],
        forms=forms,
        states=PLAN_STATES,
        tones=PLAN_TONES,
    )
    return page, max([form.status for form in sent.values()], default=200)
