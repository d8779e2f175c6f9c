"""Where a plan stands, and whether its text may be changed."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.plan.models import Plan, PlanState

_FIXED = {
    PlanState.READY: _(
        "The plan was declared ready. To change it, take it back to the public draft first."
    ),
    PlanState.APPROVED: _("The plan is approved: its text stands."),
}


def plan_of(session: Session, cycle_id: int) -> Plan | None:
    """Where a cycle's plan stands; None as long as nobody has moved it from its draft."""
    return session.get(Plan, cycle_id)


def state_of(plan: Plan | None) -> PlanState:
    """How far a cycle's plan has come."""
    return plan.state if plan else PlanState.DRAFT


def takes_comments(plan: Plan | None, today: date) -> bool:
    """True while a plan is a public draft, until the last day for comments, if one is said."""
    if plan is None or plan.state is not PlanState.PUBLIC_DRAFT:
        return False
    return plan.comments_until is None or plan.comments_until >= today


def locked_plan(tx: Transaction, cycle_id: int, *, shared: bool = False) -> Plan:
    """A cycle's plan, locked FOR UPDATE, or FOR SHARE by those who only need it to stay."""
    begun = {"cycle_id": cycle_id, "state": PlanState.DRAFT, "since": tx.now}
    tx.session.execute(insert(Plan).values(begun).on_conflict_do_nothing())
    query = select(Plan).where(Plan.cycle_id == cycle_id).with_for_update(read=shared)
    return tx.session.scalars(query.execution_options(populate_existing=True)).one()


def require_open_text(tx: Transaction, cycle_id: int) -> None:
    """Conflict if the text of a cycle's plan may not be changed now; holds it so until the end."""
    plan = locked_plan(tx, cycle_id, shared=True)
    if plan.state in _FIXED:
        raise Conflict(_FIXED[plan.state])
