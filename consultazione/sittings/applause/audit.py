"""What applause must say by the sitting's stream."""

from __future__ import annotations

from sqlalchemy import func, select

from consultazione.core.audit import AT, Audit, adds, register
from consultazione.core.log import EPHEMERAL_FROM
from consultazione.sittings.applause.models import Applause
from consultazione.sittings.audit import REHEARSED_POINTS
from consultazione.sittings.floor.models import Hand

_REHEARSED_HANDS = select(Hand.id).where(Hand.sitting_id >= EPHEMERAL_FROM)
APPLAUSE = Audit(
    Applause,
    adds("applause.counted", point_id="point_id", hand_id="hand_id", count="count", counted_at=AT),
    key=("point_id", "hand_id"),
    only=func.coalesce(
        Applause.point_id.not_in(REHEARSED_POINTS), Applause.hand_id.not_in(_REHEARSED_HANDS)
    ),
)

register("sitting", audits=(APPLAUSE,), apart=True)
