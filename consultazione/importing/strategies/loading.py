"""The strategies of a file, with the decisions that follow them."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from consultazione.importing.context import Context
from consultazione.importing.faults import located
from consultazione.plan.decisions.commands.deciding import record_decision
from consultazione.plan.decisions.commands.strategies import set_strategy


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
    act = context.lookup(context.acts, item["act"], "act") if item["act"] else None
    record_decision(
        context.tx,
        strategy_id=strategy_id,
        act_id=act.id if act else None,
        priority_ids=[context.priority_id(title, "needs") for title in item["needs"]],
        chapter_ids=[context.chapter_id(number, "chapters") for number in item["chapters"]],
        title=item["title"],
        body=item["body"],
        decided_by=item["decided_by"],
        decided_on=item["decided_on"],
        source=item["source"],
        demo=item["demo"],
    )
