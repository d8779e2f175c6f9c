"""Commands on decisions: entering one, changing what was entered, revoking it, carrying it out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TypedDict

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.core.revisions import require_latest
from consultazione.plan.blocks.models import Block
from consultazione.plan.blocks.steps import block_to_link, require_reason
from consultazione.plan.decisions.basis import Basis
from consultazione.plan.decisions.events import (
    DECISION_DETAILS,
    DecisionRecorded,
    DecisionRevised,
    DecisionRevoked,
    DecisionsCarriedOut,
)
from consultazione.plan.decisions.models import Decision
from consultazione.plan.decisions.queries import (
    chosen_chapters,
    chosen_decisions,
    chosen_needs,
    decisions_of_block,
    get_decision,
    get_strategy,
)
from consultazione.plan.events import plan_stream

_WORDS = ("title", "body", "decided_by", "decided_on", "source")


class _Entered(TypedDict):
    """What the log says of a decision each time that it is entered."""

    decided_on: date
    act_id: int | None
    sitting_id: int | None
    outcome_id: int | None
    priority_ids: list[int]
    chapter_ids: list[int]
    details: FreeText


def record_decision(
    tx: Transaction,
    *,
    strategy_id: int,
    title: str,
    decided_by: str,
    decided_on: date,
    body: str = "",
    act_id: int | None = None,
    sitting_id: int | None = None,
    outcome_id: int | None = None,
    source: str | None = None,
    priority_ids: Collection[int] = (),
    chapter_ids: Collection[int] = (),
    demo: bool = False,
) -> Decision:
    """Enter a decision under the strategy that it follows, and return it.

    decided_by: the body or table, no person; of act_id, sitting_id, outcome_id and source just
    one says by what. priority_ids: needs and priorities that it answers; chapter_ids: chapters
    that carry it out as a whole. NotFound if there is no such strategy; Invalid, naming the
    field, if the day is to come, the basis is not one, or something is of another cycle.
    """
    strategy = get_strategy(tx.session, strategy_id, lock=True)
    require(tx.actor, Permission.RECORD_DECISION, zone_id=strategy.zone_id)
    decision = Decision(
        strategy_id=strategy_id, cycle_id=strategy.cycle_id, zone_id=strategy.zone_id, demo=demo
    )
    decision.title, decision.body, decision.decided_by = title, body, decided_by
    _decide(tx, decision, decided_on, Basis(act_id, sitting_id, outcome_id, source))
    _serve(tx, decision, priority_ids, chapter_ids)
    tx.session.add(decision)
    tx.flush()
    recorded = DecisionRecorded(
        decision_id=decision.id, strategy_id=strategy_id, **_entered(decision)
    )
    tx.record(plan_stream(decision.cycle_id), recorded)
    return decision


def revise_decision(
    tx: Transaction,
    *,
    decision_id: int,
    version: int,
    title: str,
    decided_by: str,
    decided_on: date,
    body: str = "",
    act_id: int | None = None,
    sitting_id: int | None = None,
    outcome_id: int | None = None,
    source: str | None = None,
    priority_ids: Collection[int] = (),
    chapter_ids: Collection[int] = (),
) -> Decision:
    """Change what was entered of a decision, and return it.

    version: the one that was read. Locks the decision FOR UPDATE. NotFound if there is none;
    Conflict if it was revoked or somebody has changed it since; Invalid as in `record_decision`.
    """
    decision = get_decision(tx.session, decision_id, lock=True)
    require(tx.actor, Permission.REVISE_DECISION, zone_id=decision.zone_id)
    _require_standing(decision)
    now = {name: getattr(decision, name) for name in _WORDS}
    require_latest(read=version, version=decision.version, now=now)
    decision.title, decision.body, decision.decided_by = title, body, decided_by
    _decide(tx, decision, decided_on, Basis(act_id, sitting_id, outcome_id, source))
    _serve(tx, decision, priority_ids, chapter_ids)
    decision.version += 1
    revised = DecisionRevised(
        decision_id=decision_id, version=decision.version, **_entered(decision)
    )
    tx.record(plan_stream(decision.cycle_id), revised)
    return decision


def revoke_decision(tx: Transaction, *, decision_id: int, reason: str) -> Decision:
    """Say that a decision holds no longer, for a reason that everybody can read.

    Locks the decision FOR UPDATE. NotFound if there is none; Conflict if it was revoked; Invalid
    on `reason` if it is empty.
    """
    decision = get_decision(tx.session, decision_id, lock=True)
    require(tx.actor, Permission.REVOKE_DECISION, zone_id=decision.zone_id)
    _require_standing(decision)
    require_reason(reason)
    decision.revoked_at, decision.revoked_reason = tx.now, reason
    revoked = DecisionRevoked(decision_id=decision_id, reason=FreeText(reason))
    tx.record(plan_stream(decision.cycle_id), revoked)
    return decision


def carry_out_decisions(
    tx: Transaction, *, block_id: int, decision_ids: Collection[int] = ()
) -> Block:
    """Say which decisions a block of the plan carries out, in the place of what was said before.

    Locks the block FOR UPDATE. NotFound if there is no such block; Conflict if it was
    removed; Invalid on `decision_ids` if one was revoked or is of another cycle.
    """
    block = block_to_link(tx, block_id, Permission.CARRY_OUT_DECISIONS)
    chosen = chosen_decisions(tx.session, block.chapter.cycle_id, decision_ids)
    for decision in decisions_of_block(tx.session, block_id):
        if decision not in chosen and decision.revoked_at is None:
            decision.blocks.remove(block)
    for decision in chosen:
        if block not in decision.blocks:
            decision.blocks.append(block)
    carried = DecisionsCarriedOut(block_id=block_id, decision_ids=[one.id for one in chosen])
    tx.record(plan_stream(block.chapter.cycle_id), carried)
    return block


def _require_standing(decision: Decision) -> None:
    if decision.revoked_at is not None:
        raise Conflict(_("This decision was revoked: enter what holds now as a new one."))


def _entered(decision: Decision) -> _Entered:
    return {
        "decided_on": decision.decided_on,
        "act_id": decision.act_id,
        "sitting_id": decision.sitting_id,
        "outcome_id": decision.outcome_id,
        "priority_ids": [one.id for one in decision.priorities],
        "chapter_ids": [one.id for one in decision.chapters],
        "details": DECISION_DETAILS.of(decision),
    }


def _decide(tx: Transaction, decision: Decision, decided_on: date, basis: Basis) -> None:
    if decided_on > tx.today:
        raise Invalid.at("decided_on", _("Choose the day of the decision: it cannot be to come."))
    basis.check(tx.session, decision.cycle_id)
    decision.decided_on = decided_on
    decision.act_id, decision.sitting_id = basis.act_id, basis.sitting_id
    decision.outcome_id, decision.source = basis.outcome_id, basis.source or None


def _serve(
    tx: Transaction, decision: Decision, priority_ids: Collection[int], chapter_ids: Collection[int]
) -> None:
    decision.priorities = chosen_needs(tx.session, decision.cycle_id, priority_ids)
    decision.chapters = chosen_chapters(tx.session, decision.cycle_id, chapter_ids)
