"""What the plan's state, contributions, discussion, decisions and needs must say by its stream."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table

from consultazione.core.audit import (
    ACTOR,
    AT,
    OF_STREAM,
    Audit,
    Folded,
    Is,
    Past,
    adds,
    does,
    drops,
    register,
    sets,
)
from consultazione.core.columns import Base
from consultazione.plan.decisions.models import (
    Decision,
    Strategy,
    decision_block,
    decision_chapter,
    decision_priority,
)
from consultazione.plan.discussion.models import BlockComment, BlockSuggestion, SuggestionState
from consultazione.plan.models import Contribution, ContributionState, Plan, PlanState
from consultazione.plan.needs.models import BlockPriority, BlockPurpose, ChapterPriority

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
_SPOKEN = {
    "block_id": "block_id",
    "version": "version",
    "author_id": ACTOR,
    "mandate_id": "mandate_id",
    "category": "category",
    "body": "body",
    "at": AT,
    "answer": Is(None),
    "answered_at": Is(None),
}
_ANSWERED = {"answer": "answer", "answered_at": AT}
COMMENT = Audit(
    BlockComment,
    adds("block.commented", id="comment_id", **_SPOKEN),
    sets("block_comment.answered", id="comment_id", **_ANSWERED),
)
_SUGGESTION = {"id": "suggestion_id"}
SUGGESTION = Audit(
    BlockSuggestion,
    adds(
        "change.suggested",
        **_SUGGESTION,
        **_SPOKEN,
        reason="reason",
        state=Is(SuggestionState.PENDING),
    ),
    sets("suggestion.accepted", **_SUGGESTION, **_ANSWERED, state=Is(SuggestionState.ACCEPTED)),
    sets("suggestion.refused", **_SUGGESTION, **_ANSWERED, state=Is(SuggestionState.REFUSED)),
)
STRATEGY = Audit(
    Strategy,
    adds("strategy.set", id="strategy_id", cycle_id=OF_STREAM),
    drops("strategy.removed", id="strategy_id"),
)
_DECISION = {"id": "decision_id"}
_BASIS = {
    "decided_on": "decided_on",
    "act_id": "act_id",
    "sitting_id": "sitting_id",
    "outcome_id": "outcome_id",
}
DECISION = Audit(
    Decision,
    adds(
        "decision.recorded",
        **_DECISION,
        **_BASIS,
        strategy_id="strategy_id",
        cycle_id=OF_STREAM,
        version=Is(1),
        revoked_at=Is(None),
        revoked_reason=Is(None),
    ),
    sets("decision.revised", **_DECISION, **_BASIS, version="version"),
    sets("decision.revoked", **_DECISION, revoked_at=AT, revoked_reason="reason"),
)


def these(owner: str, kinds: str | tuple[str, ...], items: str, table: type[Base] | Table) -> Audit:
    """Audit of pairs: an entry lists all that its owner has from then on."""

    def step(rows: Folded, entry: Past) -> None:
        named = entry.data[owner]
        for key in rows.named(**{owner: named}):
            rows.drop(key)
        for item in entry.data[items]:
            rows.say((named, item), entry)

    return Audit(table, does(kinds, step))


_ENTERED = ("decision.recorded", "decision.revised")


def _revoked(rows: Folded, entry: Past) -> None:
    rows.memory[entry.data["decision_id"]] = True


def _carried_out(rows: Folded, entry: Past) -> None:
    """A decision that was revoked stays with the blocks that it had."""
    block_id = entry.data["block_id"]
    for key in rows.named(block_id=block_id):
        if key[0] not in rows.memory:
            rows.drop(key)
    for decision_id in entry.data["decision_ids"]:
        rows.say((decision_id, block_id), entry)


CARRIED_OUT = Audit(
    decision_block,
    does("decision.revoked", _revoked),
    does("decisions.carried_out", _carried_out),
)
PAIRS = (
    these("decision_id", _ENTERED, "priority_ids", decision_priority),
    these("decision_id", _ENTERED, "chapter_ids", decision_chapter),
    these("block_id", "block.tagged", "priority_ids", BlockPriority),
    these("block_id", "block.tagged", "purposes", BlockPurpose),
    these("chapter_id", "chapter.tagged", "priority_ids", ChapterPriority),
)

register(
    "plan",
    audits=(
        PLAN, CONTRIBUTION, COMMENT, SUGGESTION, STRATEGY, DECISION, CARRIED_OUT, *PAIRS,
    ),
    apart=True,
)  # fmt: skip
