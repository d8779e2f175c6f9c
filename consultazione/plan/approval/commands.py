"""Commands on the plan's way: public draft, ready, approved.

Each works in the caller's transaction, raises NotAllowed unless the actor holds the permission
of the same name, NotFound if there is no such cycle, locks the plan FOR UPDATE, and records one
event in the plan's stream.
"""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.events import Event, FreeText
from consultazione.core.permissions import Permission, require
from consultazione.core.revisions import require_nothing_since
from consultazione.documents.models import Registration
from consultazione.plan.approval.events import (
    PlanApproved,
    PlanDeclaredReady,
    PlanDraftPublished,
    PlanReopened,
)
from consultazione.plan.approval.gate import gaps
from consultazione.plan.blocks.steps import require_reason
from consultazione.plan.events import plan_stream
from consultazione.plan.models import Plan, PlanState
from consultazione.plan.papers.freezing import freeze_plan
from consultazione.plan.standing import locked_plan
from consultazione.zones.models import Act
from consultazione.zones.phases.rules import admits
from consultazione.zones.phases.when import require_when
from consultazione.zones.queries import get_cycle


def publish_plan_draft(
    tx: Transaction, *, cycle_id: int, comments_until: date | None = None
) -> Plan:
    """Put the plan up as a public draft, to be commented on until a day, that one included.

    A second time sets the day anew. Conflict if the plan is ready or approved; Invalid on
    `comments_until` if the day is over.
    """
    plan = _locked(tx, cycle_id, Permission.PUBLISH_PLAN_DRAFT)
    if not admits(Permission.PUBLISH_PLAN_DRAFT, plan.state):
        raise Conflict(_("Only a draft is put up for comments."))
    if comments_until is not None and comments_until < tx.today:
        raise Invalid.at("comments_until", _("This day is over: choose a later one."))
    plan.comments_until = comments_until
    published = PlanDraftPublished(cycle_id=cycle_id, comments_until=comments_until)
    return _move(tx, plan, PlanState.PUBLIC_DRAFT, published)


def declare_plan_ready(tx: Transaction, *, cycle_id: int, seen: int | None = None) -> Plan:
    """Declare the plan ready for approval; from then on its text does not change.

    seen: the last entry of the plan's stream when it was read, None if that is not known.
    Conflict unless it is a public draft, as long as something is missing, and if it was changed
    since it was read.
    """
    plan = _locked(tx, cycle_id, Permission.DECLARE_PLAN_READY)
    if not admits(Permission.DECLARE_PLAN_READY, plan.state):
        raise Conflict(_("Only a public draft is declared ready."))
    _require_read(tx, cycle_id, seen)
    _require_complete(tx, cycle_id)
    return _move(tx, plan, PlanState.READY, PlanDeclaredReady(cycle_id=cycle_id))


def reopen_plan(tx: Transaction, *, cycle_id: int, reason: str) -> Plan:
    """Take a plan that was ready back to the public draft, for a reason that all can read.

    Conflict unless it is ready; Invalid on the field `reason` if it is empty.
    """
    plan = _locked(tx, cycle_id, Permission.REOPEN_PLAN)
    if not admits(Permission.REOPEN_PLAN, plan.state):
        raise Conflict(_("Only a plan that is ready, and not approved, can be reopened."))
    require_reason(reason)
    plan.reopened_reason = reason
    reopened = PlanReopened(cycle_id=cycle_id, reason=FreeText(reason))
    return _move(tx, plan, PlanState.PUBLIC_DRAFT, reopened)


def approve_plan(tx: Transaction, *, cycle_id: int, act_id: int, seen: int | None = None) -> Plan:
    """Approve the plan by a formal act of its cycle; its text stands from then on.

    As a document it gets its number in the zone's register.

    seen: the last entry of the plan's stream when it was read, None if that is not known.
    Conflict unless it is ready, as long as something is missing, and if it was changed since it
    was read; Invalid on `act_id` if the act belongs to another cycle.
    """
    plan = _locked(tx, cycle_id, Permission.APPROVE_PLAN)
    if not admits(Permission.APPROVE_PLAN, plan.state):
        raise Conflict(_("The plan is approved when it has been declared ready."))
    _require_read(tx, cycle_id, seen)
    _require_complete(tx, cycle_id)
    act = tx.session.get(Act, act_id)
    if act is None or act.cycle_id != cycle_id:
        raise Invalid.at(
            "act_id", _("Record the act that approves the plan first, then choose it here.")
        )
    plan.act_id = act.id
    _move(tx, plan, PlanState.APPROVED, PlanApproved(cycle_id=cycle_id, act_id=act.id))
    freeze_plan(tx, plan)
    return plan


def number_plan(tx: Transaction, *, cycle_id: int) -> Registration:
    """Give a plan that was approved before the register its number; idempotent.

    Conflict if it is not approved.
    """
    cycle = get_cycle(tx.session, cycle_id)
    require(tx.actor, Permission.NUMBER_PLAN, zone_id=cycle.zone_id)
    plan = locked_plan(tx, cycle_id)
    if plan.state is not PlanState.APPROVED:
        raise Conflict(_("The plan is not approved yet: its approval gives it a number."))
    return freeze_plan(tx, plan)


def _locked(tx: Transaction, cycle_id: int, permission: Permission) -> Plan:
    cycle = get_cycle(tx.session, cycle_id)
    require(tx.actor, permission, zone_id=cycle.zone_id)
    require_when(tx, permission, cycle_id)
    return locked_plan(tx, cycle_id)


def _require_read(tx: Transaction, cycle_id: int, seen: int | None) -> None:
    told = _(
        "The plan was changed since you opened this page: read it again, then send the form anew."
    )
    require_nothing_since(tx, plan_stream(cycle_id), seen=seen, told=told)


def _require_complete(tx: Transaction, cycle_id: int) -> None:
    missing = gaps(tx.session, cycle_id)
    if missing:
        told = " ".join(str(gap.sentence) for gap in missing[:5])
        raise Conflict(_("The plan is not complete. %(missing)s", missing=told))


def _move(tx: Transaction, plan: Plan, state: PlanState, event: Event) -> Plan:
    plan.state, plan.since = state, tx.now
    tx.record(plan_stream(plan.cycle_id), event)
    return plan
