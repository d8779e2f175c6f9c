"""Queries on strategies and decisions."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from consultazione.core.errors import Invalid, NotFound
from consultazione.plan.blocks.models import Block
from consultazione.plan.decisions.models import (
    Decision,
    Strategy,
    decision_block,
    decision_priority,
)
from consultazione.zones.models import Chapter, Priority


def strategies(session: Session, cycle_id: int) -> list[Strategy]:
    """A cycle's strategies in their order, with their decisions by day, revoked ones among them.

    Needs, chapters, and blocks with their chapters are loaded: always as many statements.
    """
    query = select(Strategy).filter_by(cycle_id=cycle_id).order_by(Strategy.rank)
    loaded = selectinload(Strategy.decisions)
    related = (
        loaded.selectinload(Decision.priorities),
        loaded.selectinload(Decision.chapters),
        loaded.selectinload(Decision.blocks).joinedload(Block.chapter),
    )
    return list(session.scalars(query.options(*related)))


def get_strategy(session: Session, strategy_id: int, *, lock: bool = False) -> Strategy:
    """A strategy by id, locked FOR UPDATE if asked; NotFound if there is none."""
    strategy = session.get(Strategy, strategy_id, with_for_update=lock or None)
    if strategy is None:
        raise NotFound(_("There is no such strategy."))
    return strategy


def get_decision(session: Session, decision_id: int, *, lock: bool = False) -> Decision:
    """A decision by id, locked FOR UPDATE if asked; NotFound if there is none."""
    of = {"of": Decision} if lock else None
    decision = session.get(Decision, decision_id, with_for_update=of)
    if decision is None:
        raise NotFound(_("There is no such decision."))
    return decision


def standing_decisions(session: Session, cycle_id: int) -> list[Decision]:
    """A cycle's decisions that were not revoked, by day."""
    query = select(Decision).filter_by(cycle_id=cycle_id, revoked_at=None)
    return list(session.scalars(query.order_by(Decision.decided_on, Decision.id)))


def decisions_of_block(session: Session, block_id: int) -> list[Decision]:
    """The decisions that a block carries out, by day."""
    query = (
        select(Decision)
        .join(decision_block, decision_block.c.decision_id == Decision.id)
        .where(decision_block.c.block_id == block_id)
    )
    return list(session.scalars(query.order_by(Decision.decided_on, Decision.id)))


def undecided_needs(session: Session, cycle_id: int) -> list[Priority]:
    """The needs of a cycle that no standing decision answers."""
    answered = (
        select(decision_priority.c.priority_id)
        .join(Decision, Decision.id == decision_priority.c.decision_id)
        .where(Decision.cycle_id == cycle_id, Decision.revoked_at.is_(None))
    )
    query = select(Priority).filter_by(cycle_id=cycle_id, is_need=True)
    return list(session.scalars(query.where(Priority.id.not_in(answered)).order_by(Priority.rank)))


def chosen_needs(session: Session, cycle_id: int, ids: Collection[int]) -> list[Priority]:
    """Needs and priorities by id; Invalid on `priority_ids` if one is of another cycle."""
    query = select(Priority).where(Priority.id.in_(ids), Priority.cycle_id == cycle_id)
    found = list(session.scalars(query.order_by(Priority.rank)))
    if len(found) != len(set(ids)):
        raise Invalid.at("priority_ids", _("Choose needs and priorities of this cycle."))
    return found


def chosen_chapters(session: Session, cycle_id: int, ids: Collection[int]) -> list[Chapter]:
    """Chapters by id; Invalid on `chapter_ids` if one is of another cycle."""
    query = select(Chapter).where(Chapter.id.in_(ids), Chapter.cycle_id == cycle_id)
    found = list(session.scalars(query.order_by(Chapter.number)))
    if len(found) != len(set(ids)):
        raise Invalid.at("chapter_ids", _("Choose chapters of this cycle."))
    return found


def chosen_decisions(session: Session, cycle_id: int, ids: Collection[int]) -> list[Decision]:
    """Decisions by id; Invalid on `decision_ids` if one was revoked or is of another cycle."""
    found = [one for one in standing_decisions(session, cycle_id) if one.id in ids]
    if len(found) != len(set(ids)):
        raise Invalid.at("decision_ids", _("Choose decisions of this cycle that still hold."))
    return found
