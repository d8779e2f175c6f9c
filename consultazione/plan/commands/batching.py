"""Preparing answers, and publishing those that are prepared all at once; the day they are due.

Each raises NotAllowed without the permission of the same name, and records its events in the
plan's stream.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.permissions import Permission, require
from consultazione.plan.events import AnswerDrafted, AnswersDueSet, AnswersReleased, plan_stream
from consultazione.plan.models import AnswerDraft, Contribution, ContributionState, Plan
from consultazione.plan.settling import pending_contribution, require_answer, settle
from consultazione.plan.standing import locked_plan
from consultazione.zones.models import Chapter
from consultazione.zones.phases.when import require_when
from consultazione.zones.queries import get_cycle


def draft_answer(
    tx: Transaction, *, contribution_id: int, answer: ContributionState, reason: str, body: str = ""
) -> AnswerDraft:
    """Prepare the answer to a contribution; it is not public until `release_answers`.

    A later draft takes the place of an earlier one. NotFound if there is no such contribution;
    Conflict if it has its answer; Invalid on `reason`, or on `body` if it is to be taken in.
    """
    contribution = pending_contribution(tx, contribution_id, Permission.DRAFT_ANSWER)
    require_answer(answer, reason=reason, body=body)
    draft = tx.session.get(AnswerDraft, contribution_id) or AnswerDraft(
        contribution_id=contribution_id
    )
    draft.answer, draft.reason, draft.body, draft.at = answer, reason, body, tx.now
    tx.session.add(draft)
    drafted = AnswerDrafted(contribution_id=contribution_id)
    tx.record(plan_stream(contribution.chapter.cycle_id), drafted)
    return draft


def release_answers(tx: Transaction, *, cycle_id: int) -> list[Contribution]:
    """Publish all prepared answers of a cycle, and return the contributions answered.

    NotFound if there is no such cycle; Conflict if nothing is prepared. Contributions that got
    an answer meanwhile keep that.
    """
    cycle = get_cycle(tx.session, cycle_id)
    require(tx.actor, Permission.RELEASE_ANSWERS, zone_id=cycle.zone_id)
    require_when(tx, Permission.RELEASE_ANSWERS, cycle_id)
    prepared = _prepared(tx, cycle_id)
    if not prepared:
        raise Conflict(_("No answer is prepared: prepare one first."))
    answered = [c for contribution, draft in prepared if (c := _release(tx, contribution, draft))]
    released = AnswersReleased(cycle_id=cycle_id, count=len(answered))
    tx.record(plan_stream(cycle_id), released)
    return answered


def set_answers_due(tx: Transaction, *, cycle_id: int, due_on: date | None) -> Plan:
    """Say by which day contributions are answered; None takes the day back.

    NotFound if there is no such cycle; Invalid on `due_on` if the day is over.
    """
    cycle = get_cycle(tx.session, cycle_id)
    require(tx.actor, Permission.SET_ANSWERS_DUE, zone_id=cycle.zone_id)
    if due_on is not None and due_on < tx.today:
        raise Invalid.at("due_on", _("This day is over: choose a later one."))
    plan = locked_plan(tx, cycle_id)
    plan.answers_due_on = due_on
    tx.record(plan_stream(cycle_id), AnswersDueSet(cycle_id=cycle_id, due_on=due_on))
    return plan


def _prepared(tx: Transaction, cycle_id: int) -> Sequence[tuple[Contribution, AnswerDraft]]:
    """The contributions with prepared answers, by id, locked.

    The answers are read once the lock is there: a statement that had to wait for it shows rows of
    other tables as they were before.
    """
    query = (
        select(Contribution)
        .join(AnswerDraft, AnswerDraft.contribution_id == Contribution.id)
        .join(Contribution.chapter)
        .where(Chapter.cycle_id == cycle_id)
        .order_by(Contribution.id)
        .with_for_update(of=Contribution)
    )
    locked = {contribution.id: contribution for contribution in tx.session.scalars(query)}
    drafts = select(AnswerDraft).where(AnswerDraft.contribution_id.in_(locked))
    by_id = drafts.order_by(AnswerDraft.contribution_id)
    return [(locked[draft.contribution_id], draft) for draft in tx.session.scalars(by_id)]


def _release(
    tx: Transaction, contribution: Contribution, draft: AnswerDraft
) -> Contribution | None:
    is_pending = contribution.state is ContributionState.PENDING
    if is_pending:
        settle(tx, contribution, draft.answer, reason=draft.reason, body=draft.body)
    tx.session.delete(draft)
    return contribution if is_pending else None
