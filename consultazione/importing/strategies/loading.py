"""The strategies of a file, with the decisions that follow them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypedDict, TypeVar

from consultazione.importing.context import Context
from consultazione.importing.faults import Fault, located
from consultazione.plan.decisions.commands.deciding import record_decision
from consultazione.plan.decisions.commands.strategies import set_strategy
from consultazione.zones.queries import chapters, priorities

T = TypeVar("T", str, int)


class DecisionItem(TypedDict):
    """A decision; act: the id of an act of the file, needs: titles, chapters: numbers."""

    title: str
    body: str
    decided_by: str
    decided_on: date
    act: str | None
    source: str | None
    needs: list[str]
    chapters: list[int]
    demo: bool


class StrategyItem(TypedDict):
    """A strategy with its decisions."""

    title: str
    body: str
    decisions: list[DecisionItem]
    demo: bool


def load_strategy(context: Context, item: StrategyItem) -> None:
    """Set a strategy, and enter its decisions."""
    strategy = set_strategy(
        context.tx,
        cycle_id=context.cycle.id,
        title=item["title"],
        body=item["body"],
        demo=item["demo"],
    )
    for index, decision in enumerate(item["decisions"]):
        with located(("decisions", index)):
            _load_decision(context, strategy.id, decision)


def _load_decision(context: Context, strategy_id: int, item: DecisionItem) -> None:
    session, cycle_id = context.tx.session, context.cycle.id
    needs = {one.title: one.id for one in priorities(session, cycle_id)}
    numbered = {one.number: one.id for one in chapters(session, cycle_id)}
    act = context.lookup(context.acts, item["act"], "act") if item["act"] else None
    record_decision(
        context.tx,
        strategy_id=strategy_id,
        act_id=act.id if act else None,
        priority_ids=_found(needs, item["needs"], "needs"),
        chapter_ids=_found(numbered, item["chapters"], "chapters"),
        title=item["title"],
        body=item["body"],
        decided_by=item["decided_by"],
        decided_on=item["decided_on"],
        source=item["source"],
        demo=item["demo"],
    )


def _found(ids: Mapping[T, int], wanted: Sequence[T], at: str) -> list[int]:
    missing = [one for one in wanted if one not in ids]
    if missing:
        raise Fault((at,), f"{missing[0]!r} is not in the file: write it as it stands there")
    return [ids[one] for one in wanted]
