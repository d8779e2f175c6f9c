"""Events of the plan's way from draft to approval; they stand in the stream of the plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from consultazione.core.events import Event, FreeText


@dataclass(frozen=True, kw_only=True)
class PlanDraftPublished(Event):
    """The plan was put up as a public draft, for comments."""

    kind: ClassVar[str] = "plan.draft_published"

    cycle_id: int
    comments_until: date | None


@dataclass(frozen=True, kw_only=True)
class PlanDeclaredReady(Event):
    """The plan is complete and everything said about it is answered: it is ready."""

    kind: ClassVar[str] = "plan.declared_ready"

    cycle_id: int


@dataclass(frozen=True, kw_only=True)
class PlanReopened(Event, texts={"reason": "plan.reopened_reason"}):
    """A plan that was ready is a public draft again, for a reason."""

    kind: ClassVar[str] = "plan.reopened"

    cycle_id: int
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class PlanApproved(Event):
    """The plan was approved by a formal act; its text stands."""

    kind: ClassVar[str] = "plan.approved"

    cycle_id: int
    act_id: int
