"""The rows of a room's snapshot: the sitting, its points, hands and speaker, ready for JSON."""

from __future__ import annotations

from datetime import datetime

from consultazione.core.clock import as_json
from consultazione.sittings.agenda.types import MaterialSnapshot
from consultazione.sittings.breaks.models import Suspension
from consultazione.sittings.chat.types import ChatRule
from consultazione.sittings.floor.models import Hand, HandState
from consultazione.sittings.floor.types import FloorSnapshot, HandSnapshot
from consultazione.sittings.models import AgendaPoint, Sitting
from consultazione.sittings.room.types import BreakSnapshot, PointSnapshot, SittingSnapshot


def sitting_row(
    sitting: Sitting, suspension: Suspension | None, chat: ChatRule | None
) -> SittingSnapshot:
    """Return the sitting; suspension: the one that it is in now; chat: the rule of an open one."""
    return {
        "id": sitting.id,
        "title": sitting.title,
        "place": sitting.place,
        "state": sitting.state,
        "starts_at": as_json(sitting.starts_at),
        "opened_at": _or_none(sitting.opened_at),
        "closed_at": _or_none(sitting.closed_at),
        "roll_called_at": _or_none(sitting.roll_called_at),
        "presided_by": sitting.presided_by,
        "secretary": sitting.secretary_id,
        "video_url": sitting.video_url,
        "chat": chat,
        "suspended": None if suspension is None else _break_row(suspension),
    }


def _break_row(suspension: Suspension) -> BreakSnapshot:
    return {"since": as_json(suspension.suspended_at), "reason": suspension.reason}


def point_row(point: AgendaPoint, materials: list[MaterialSnapshot]) -> PointSnapshot:
    """Return a point of the agenda with the materials beside it."""
    return {
        "id": point.id,
        "rank": point.rank,
        "title": point.title,
        "minutes_planned": point.minutes_planned,
        "proposal_id": point.proposal_id,
        "materials": materials,
        "state": point.state,
        "started_at": _or_none(point.started_at),
        "ended_at": _or_none(point.ended_at),
        "spent": point.spent,
        "running_since": _or_none(point.running_since),
    }


def hand_row(hand: Hand) -> HandSnapshot:
    """Return a raised hand."""
    return {
        "id": hand.id,
        "person_id": hand.person_id,
        "category": hand.category,
        "hand_kind": hand.kind,
        "reply_to": hand.reply_to,
        "point_id": hand.point_id,
        "raised_at": as_json(hand.raised_at),
    }


def floor_row(hands: list[Hand]) -> FloorSnapshot | None:
    """Return who is speaking, among the hands of a sitting; None if nobody is."""
    for hand in hands:
        if hand.state is HandState.SPEAKING:
            return {
                "hand_id": hand.id,
                "person_id": hand.person_id,
                "category": hand.category,
                "hand_kind": hand.kind,
                "point_id": hand.point_id,
                "since": _or_none(hand.floor_from),
                "seconds": hand.allotted,
            }
    return None


def _or_none(moment: datetime | None) -> str | None:
    return None if moment is None else as_json(moment)
