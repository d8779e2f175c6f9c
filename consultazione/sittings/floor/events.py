"""Events of hands, of the floor and of the list of speakers, in the sitting's own stream."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event
from consultazione.people.models import Category
from consultazione.sittings.floor.models import HandKind, QuotaScope, SpeakingOrder


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
class QuotasSet(Event):
    """The facilitator has said how many seconds each category may speak in all; empty: no quota."""

    kind: ClassVar[str] = "speakers.quotas_set"

    quotas: dict[str, int]
    quota_scope: QuotaScope


@dataclass(frozen=True, kw_only=True)
class FloorExtended(Event):
    """The facilitator has given who has the floor more time: so many seconds in all."""

    kind: ClassVar[str] = "floor.extended"

    hand_id: int
    seconds: int


@dataclass(frozen=True, kw_only=True)
class HandRaised(Event):
    """A participant asks for the floor, to a point of order, or to reply to who has it."""

    kind: ClassVar[str] = "hand.raised"

    hand_id: int
    point_id: int | None
    person_id: int
    mandate_id: int | None
    category: Category
    hand_kind: HandKind = HandKind.FLOOR
    reply_to: int | None = None


@dataclass(frozen=True, kw_only=True)
class HandWithdrawn(Event):
    """A participant no longer asks for the floor."""

    kind: ClassVar[str] = "hand.withdrawn"

    hand_id: int


@dataclass(frozen=True, kw_only=True)
class HandLapsed(Event):
    """The sitting was closed while a participant was still asking for the floor."""

    kind: ClassVar[str] = "hand.lapsed"

    hand_id: int


@dataclass(frozen=True, kw_only=True)
class FloorGiven(Event):
    """The facilitator has given the floor to a participant, for so many seconds if limited."""

    kind: ClassVar[str] = "floor.given"

    hand_id: int
    point_id: int | None
    seconds: int | None = None


@dataclass(frozen=True, kw_only=True)
class FloorEnded(Event):
    """A participant has finished speaking, after so many seconds."""

    kind: ClassVar[str] = "floor.ended"

    hand_id: int
    seconds: int | None = None
