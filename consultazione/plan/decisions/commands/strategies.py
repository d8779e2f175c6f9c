"""Commands on strategies: setting one, putting it in other words, taking it out."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.permissions import Permission, require
from consultazione.plan.decisions.events import (
    STRATEGY_DETAILS,
    StrategyRemoved,
    StrategyRevised,
    StrategySet,
)
from consultazione.plan.decisions.models import Strategy
from consultazione.plan.decisions.queries import get_strategy
from consultazione.plan.events import plan_stream
from consultazione.zones.models import Cycle
from consultazione.zones.queries import get_cycle


def set_strategy(
    tx: Transaction, *, cycle_id: int, title: str, body: str = "", demo: bool = False
) -> Strategy:
    """Set a strategy for a cycle, after those that it has, and return it.

    Locks the cycle. NotFound if there is no such cycle.
    """
    cycle = get_cycle(tx.session, cycle_id)
    require(tx.actor, Permission.SET_STRATEGY, zone_id=cycle.zone_id)
    tx.session.get_one(Cycle, cycle_id, with_for_update={"key_share": True})
    last = tx.session.scalar(select(func.max(Strategy.rank)).filter_by(cycle_id=cycle_id))
    strategy = Strategy(
        cycle_id=cycle_id,
        zone_id=cycle.zone_id,
        rank=(last or 0) + 1,
        title=title,
        body=body,
        demo=demo,
    )
    tx.session.add(strategy)
    tx.flush()
    tx.record(
        plan_stream(cycle_id),
        StrategySet(strategy_id=strategy.id, details=STRATEGY_DETAILS.of(strategy)),
    )
    return strategy


def revise_strategy(tx: Transaction, *, strategy_id: int, title: str, body: str = "") -> Strategy:
    """Put a strategy in other words. NotFound if there is none."""
    strategy = get_strategy(tx.session, strategy_id, lock=True)
    require(tx.actor, Permission.REVISE_STRATEGY, zone_id=strategy.zone_id)
    strategy.title, strategy.body = title, body
    revised = StrategyRevised(strategy_id=strategy_id, details=STRATEGY_DETAILS.of(strategy))
    tx.record(plan_stream(strategy.cycle_id), revised)
    return strategy


def remove_strategy(tx: Transaction, *, strategy_id: int) -> None:
    """Take a strategy out. NotFound if there is none; Conflict if a decision follows it."""
    strategy = get_strategy(tx.session, strategy_id, lock=True)
    require(tx.actor, Permission.REMOVE_STRATEGY, zone_id=strategy.zone_id)
    if strategy.decisions:
        raise Conflict(_("Decisions follow this strategy: it stays with them."))
    tx.session.delete(strategy)
    tx.record(plan_stream(strategy.cycle_id), StrategyRemoved(strategy_id=strategy_id))
