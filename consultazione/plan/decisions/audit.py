"""What strategies, decisions and what they are about must say by the plan's stream."""

from __future__ import annotations

from consultazione.core.audit import (
    AT,
    OF_STREAM,
    Audit,
    Folded,
    Is,
    Past,
    adds,
    details,
    does,
    drops,
    pairs,
    register,
    sets,
)
from consultazione.plan.decisions.events import DECISION_DETAILS, STRATEGY_DETAILS
from consultazione.plan.decisions.models import (
    Decision,
    Strategy,
    decision_block,
    decision_chapter,
    decision_priority,
)

STRATEGY = Audit(
    Strategy,
    adds("strategy.set", id="strategy_id", cycle_id=OF_STREAM, **details(STRATEGY_DETAILS)),
    sets("strategy.revised", id="strategy_id", **details(STRATEGY_DETAILS)),
    drops("strategy.removed", id="strategy_id"),
)
_DECISION = {"id": "decision_id"}
_BASIS = {
    "decided_on": "decided_on",
    "act_id": "act_id",
    "sitting_id": "sitting_id",
    "outcome_id": "outcome_id",
    **details(DECISION_DETAILS),
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

PRIORITIES = pairs(decision_priority, owner="decision_id", items="priority_ids", kinds=_ENTERED)
CHAPTERS = pairs(decision_chapter, owner="decision_id", items="chapter_ids", kinds=_ENTERED)

register("plan", audits=(STRATEGY, DECISION, PRIORITIES, CHAPTERS, CARRIED_OUT), apart=True)
