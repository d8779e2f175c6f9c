"""Events of the list of speakers, in the sitting's own stream."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event
from consultazione.sittings.speakers.models import SpeakingOrder


@dataclass(frozen=True, kw_only=True)
class OrderChosen(Event):
    """The facilitator has chosen how who asks for the floor is put in order."""

    kind: ClassVar[str] = "speakers.order_chosen"

    ordering: SpeakingOrder
    placed: list[int]


@dataclass(frozen=True, kw_only=True)
class HandsPlaced(Event):
    """The facilitator has put those who ask for the floor in order by hand."""

    kind: ClassVar[str] = "speakers.placed"

    placed: list[int]


@dataclass(frozen=True, kw_only=True)
class TimeLimited(Event):
    """The facilitator has said how long each may speak, in seconds; None is without a limit."""

    kind: ClassVar[str] = "speakers.time_limited"

    seconds: int | None


@dataclass(frozen=True, kw_only=True)
class FloorExtended(Event):
    """The facilitator has given who has the floor more time: so many seconds in all."""

    kind: ClassVar[str] = "floor.extended"

    hand_id: int
    seconds: int
