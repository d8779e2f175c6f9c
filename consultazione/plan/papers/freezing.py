"""Freezing the approved plan: with its number in the register of documents."""

from __future__ import annotations

from consultazione.core.db import Transaction
from consultazione.documents.models import Registration
from consultazione.documents.register import register_as_it_stands
from consultazione.plan.models import Plan
from consultazione.plan.papers.answered import answered
from consultazione.plan.papers.document import plan_document
from consultazione.plan.papers.kind import PLAN
from consultazione.plan.papers.model import plan_paper
from consultazione.zones.queries import get_cycle


def freeze_plan(tx: Transaction, plan: Plan) -> Registration:
    """Number the plan as it was approved; the last step of the command that approves it.

    If it has a number that stands, that registration is returned.
    """
    tx.flush()
    tx.session.expire(plan, ["act"])
    found = plan_paper(tx.session, plan.cycle_id, public_url=None, at=tx.now)
    document = plan_document(found, answered(tx.session, plan.cycle_id))
    zone_id = get_cycle(tx.session, plan.cycle_id).zone_id
    return register_as_it_stands(tx, zone_id, PLAN, object_id=plan.cycle_id, document=document)
