"""Events of strategies and decisions; they stand in the stream of the plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.core.log.details import Details

STRATEGY_DETAILS = Details("strategy", "rank title body")
DECISION_DETAILS = Details("decision", "title body decided_by source")


@dataclass(frozen=True, kw_only=True)
class StrategySet(Event, texts={"details": STRATEGY_DETAILS.places}):
    """A strategy was set for the planning of a cycle."""

    kind: ClassVar[str] = "strategy.set"

    strategy_id: int
    details: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class StrategyRevised(Event, texts={"details": STRATEGY_DETAILS.places}):
    """A strategy was put in other words."""

    kind: ClassVar[str] = "strategy.revised"

    strategy_id: int
    details: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class StrategyRemoved(Event):
    """A strategy that no decision followed was taken out."""

    kind: ClassVar[str] = "strategy.removed"

    strategy_id: int


@dataclass(frozen=True, kw_only=True)
class DecisionRecorded(Event, texts={"details": DECISION_DETAILS.places}):
    """A decision was entered; one at most of act, sitting and outcome is named as its basis."""

    kind: ClassVar[str] = "decision.recorded"

    decision_id: int
    strategy_id: int
    decided_on: date
    act_id: int | None
    sitting_id: int | None
    outcome_id: int | None
    priority_ids: list[int]
    chapter_ids: list[int]
    details: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class DecisionRevised(Event, texts={"details": DECISION_DETAILS.places}):
    """What was entered of a decision was changed; the same is said of it as when it was entered."""

    kind: ClassVar[str] = "decision.revised"

    decision_id: int
    version: int
    decided_on: date
    act_id: int | None
    sitting_id: int | None
    outcome_id: int | None
    priority_ids: list[int]
    chapter_ids: list[int]
    details: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class DecisionRevoked(Event, texts={"reason": "decision.revoked_reason"}):
    """A decision holds no longer; it stays readable with the reason."""

    kind: ClassVar[str] = "decision.revoked"

    decision_id: int
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class DecisionsCarriedOut(Event):
    """The plan office has said which decisions a block of the plan carries out."""

    kind: ClassVar[str] = "decisions.carried_out"

    block_id: int
    decision_ids: list[int]
