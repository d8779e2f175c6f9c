"""Queries on the list of speakers: its order and limit, and the time that each has spoken."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from consultazione.sittings.floor.models import (
    Hand,
    HandState,
    QuotaScope,
    SpeakersList,
    SpeakingOrder,
)
from consultazione.sittings.floor.types import SpeakersSnapshot


def speakers_of(session: Session, sitting_id: int) -> SpeakersSnapshot:
    """Return the list of speakers as the room shows it, ready for JSON; times in seconds."""
    speakers = session.get(SpeakersList, sitting_id)
    return {
        "ordering": speakers.ordering if speakers else SpeakingOrder.FIRST_COME,
        "placed": speakers.placed if speakers else [],
        "seconds": speakers.seconds if speakers else None,
        "last": speakers.last if speakers else None,
        "quotas": speakers.quotas if speakers else {},
        "quota_scope": speakers.quota_scope if speakers else QuotaScope.SITTING,
        "spoken": {
            "persons": {str(person): n for person, n in spoken_by(session, sitting_id).items()},
            "categories": {
                category.value: n
                for category, n in _seconds(session, sitting_id, Hand.category).items()
            },
            "points": _by_point(session, sitting_id),
        },
    }


def spoken_by(session: Session, sitting_id: int) -> dict[int, int]:
    """Return how many seconds each person has spoken in a sitting, by person id."""
    return _seconds(session, sitting_id, Hand.person_id)


def _by_point(session: Session, sitting_id: int) -> dict[str, dict[str, int]]:
    """Return how many seconds each category has spoken on each point, by their ids as text."""
    query = (
        select(Hand.point_id, Hand.category, func.sum(Hand.spoken))
        .where(Hand.sitting_id == sitting_id, Hand.state == HandState.DONE)
        .where(Hand.point_id.is_not(None))
        .group_by(Hand.point_id, Hand.category)
        .order_by(Hand.point_id, Hand.category)
    )
    points: dict[str, dict[str, int]] = {}
    for point_id, category, total in session.execute(query):
        points.setdefault(str(point_id), {})[category.value] = int(total or 0)
    return points


def _seconds(session: Session, sitting_id: int, by: Any) -> dict[Any, int]:
    key: ColumnElement[Any] = by
    query = (
        select(key, func.sum(Hand.spoken))
        .where(Hand.sitting_id == sitting_id, Hand.state == HandState.DONE)
        .group_by(key)
        .order_by(key)
    )
    return {group: int(total) for group, total in session.execute(query)}
