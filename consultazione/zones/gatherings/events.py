"""Events of gatherings; they stand in the stream of their zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.core.log.details import Details
from consultazione.zones.gatherings.models import GatheringKind

GATHERING_DETAILS = Details("gathering", "kind title description ends_at place url")


@dataclass(frozen=True, kw_only=True)
class GatheringAnnounced(Event, texts={"details": GATHERING_DETAILS.places}):
    """A conference, seminar or assembly was announced."""

    kind: ClassVar[str] = "gathering.announced"

    gathering_id: int
    gathering_kind: GatheringKind
    starts_at: datetime
    # Entries of before do not say of which cycle it is.
    cycle_id: int | None = None
    details: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class GatheringRevised(Event, texts={"details": GATHERING_DETAILS.places}):
    """What was announced of a conference, seminar or assembly was changed."""

    kind: ClassVar[str] = "gathering.revised"

    gathering_id: int
    revision: int
    starts_at: datetime
    details: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class GatheringCalledOff(Event, texts={"reason": "gathering.called_off_reason"}):
    """A conference, seminar or assembly does not take place."""

    kind: ClassVar[str] = "gathering.called_off"

    gathering_id: int
    reason: FreeText
