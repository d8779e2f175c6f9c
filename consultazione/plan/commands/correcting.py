"""Correcting an answer of the plan office: what it said before stays readable to everybody."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission
from consultazione.core.revisions import correct
from consultazione.plan.blocks.models import Block, BlockOrigin
from consultazione.plan.events import AnswerCorrected, plan_stream
from consultazione.plan.models import Contribution, ContributionState, PlanState
from consultazione.plan.settling import (
    append_taken,
    locked_contribution,
    require_answer,
    takes_in,
)
from consultazione.plan.standing import locked_plan


def correct_answer(
    tx: Transaction,
    *,
    contribution_id: int,
    version: int,
    why: str,
    answer: ContributionState,
    reason: str,
    body: str = "",
) -> Contribution:
    """Correct the answer to a contribution while the plan is not approved, and return it.

    version: the one that was read. why: the reason of the correction, which everybody can read.
    body: the text of a paragraph, if something is taken in only now. Locks the contribution, then
    the plan. NotFound if there is none; Conflict if it has no answer yet, was corrected since, the
    plan is approved, or the contribution is to be left out while its text stands in the plan;
    Invalid on `answer`, `reason` or `body`, or if nothing differs.
    """
    contribution = locked_contribution(tx, contribution_id, Permission.CORRECT_ANSWER)
    _require_correctable(tx, contribution)
    comes_in = takes_in(answer) and not takes_in(contribution.state)
    require_answer(answer, reason=reason, body=body if comes_in else "–")
    if takes_in(contribution.state) and not takes_in(answer):
        _require_out_of_plan(tx, contribution)
    after = {"state": answer, "reason": reason}
    replaced = correct(
        tx, contribution, version=version, reason=why, after=after, called={"state": "answer"}
    )
    block = append_taken(tx, contribution, body) if comes_in else None
    corrected = AnswerCorrected(
        contribution_id=contribution.id,
        version=replaced.version,
        answer=answer,
        reason=FreeText(reason),
        why=FreeText(why),
        paragraph_id=block.id if block else None,
        body=FreeText(body) if block else None,
    )
    tx.record(plan_stream(contribution.chapter.cycle_id), corrected)
    return contribution


def _require_correctable(tx: Transaction, contribution: Contribution) -> None:
    if contribution.state is ContributionState.PENDING:
        raise Conflict(_("This contribution has no answer yet: answer it."))
    plan = locked_plan(tx, contribution.chapter.cycle_id, shared=True)
    if plan.state is PlanState.APPROVED:
        raise Conflict(_("The plan is approved: its answers stand as they are."))


def _require_out_of_plan(tx: Transaction, contribution: Contribution) -> None:
    """Conflict while a block with text of the contribution stands; holds those taken out so."""
    blocks = (
        select(Block)
        .join(BlockOrigin, BlockOrigin.block_id == Block.id)
        .where(BlockOrigin.contribution_id == contribution.id)
        .order_by(Block.id)
        .with_for_update(of=Block)
    )
    if any(block.removed_at is None for block in tx.session.scalars(blocks)):
        raise Conflict(
            _("Its text stands in the plan: take the paragraph out first, then correct the answer.")
        )
