"""What the plan's state, its contributions and their answers must say by its stream."""

from __future__ import annotations

from typing import Any

from consultazione.core.audit import (
    AT,
    OF_STREAM,
    Audit,
    Is,
    adds,
    register,
    sets,
)
from consultazione.plan.models import Contribution, ContributionState, Plan, PlanState

_PLAN = {"cycle_id": OF_STREAM}


def _moves(kind: str, state: PlanState, **columns: Any) -> Any:
    return sets(kind, **_PLAN, state=Is(state), since=AT, **columns)


PLAN = Audit(
    Plan,
    _moves("plan.draft_published", PlanState.PUBLIC_DRAFT, comments_until="comments_until"),
    _moves("plan.declared_ready", PlanState.READY),
    _moves("plan.reopened", PlanState.PUBLIC_DRAFT, reopened_reason="reason"),
    _moves("plan.approved", PlanState.APPROVED, act_id="act_id"),
    sets("plan.answers_due_set", **_PLAN, answers_due_on="due_on"),
    begun=False,  # A plan begins as a draft with whatever locks it first.
    untold={
        "state": PlanState.DRAFT,
        "answers_due_on": None,
        "comments_until": None,
        "act_id": None,
        "reopened_reason": None,
    },
)
_CONTRIBUTION = {"id": "contribution_id"}


def _answers(kind: str, state: ContributionState) -> Any:
    return sets(kind, **_CONTRIBUTION, state=Is(state), reason="reason", answered_at=AT)


CONTRIBUTION = Audit(
    Contribution,
    adds(
        "contribution.forwarded",
        **_CONTRIBUTION,
        chapter_id="chapter_id",
        item_id="item_id",
        state=Is(ContributionState.PENDING),
        reason=Is(None),
        forwarded_at=AT,
        answered_at=Is(None),
    ),
    _answers("contribution.taken_in", ContributionState.TAKEN_IN),
    _answers("contribution.taken_in_part", ContributionState.TAKEN_IN_PART),
    _answers("contribution.refused", ContributionState.REFUSED),
    _answers("contribution.redirected", ContributionState.NOT_OURS),
    sets("contribution.answer_corrected", **_CONTRIBUTION, state="answer", reason="reason"),
)


register("plan", audits=(PLAN, CONTRIBUTION), apart=True)
