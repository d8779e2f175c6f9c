"""Events of gatherings; they stand in the stream of their zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.zones.gatherings.models import GatheringKind


@dataclass(frozen=True, kw_only=True)
class GatheringAnnounced(Event):
    """A conference, seminar or assembly was announced."""

    kind: ClassVar[str] = "gathering.announced"

    gathering_id: int
    gathering_kind: GatheringKind
    starts_at: datetime


@dataclass(frozen=True, kw_only=True)
class GatheringRevised(Event):
    """What was announced of a conference, seminar or assembly was changed."""

    kind: ClassVar[str] = "gathering.revised"

    gathering_id: int
    revision: int
    starts_at: datetime


@dataclass(frozen=True, kw_only=True)
class GatheringCalledOff(Event, texts={"reason": "gathering.called_off_reason"}):
    """A conference, seminar or assembly does not take place."""

    kind: ClassVar[str] = "gathering.called_off"

    gathering_id: int
    reason: FreeText
