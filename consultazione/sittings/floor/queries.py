"""Queries on the list of speakers: its order and limit, and the time that each has spoken."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from consultazione.sittings.floor.models import Hand, HandState, SpeakersList, SpeakingOrder
from consultazione.sittings.floor.types import SpeakersSnapshot


def speakers_of(session: Session, sitting_id: int) -> SpeakersSnapshot:
    """Return the list of speakers as the room shows it, ready for JSON; times in seconds."""
    speakers = session.get(SpeakersList, sitting_id)
    return {
        "ordering": speakers.ordering if speakers else SpeakingOrder.FIRST_COME,
        "placed": speakers.placed if speakers else [],
        "seconds": speakers.seconds if speakers else None,
        "last": speakers.last if speakers else None,
        "spoken": {
            "persons": {str(person): n for person, n in spoken_by(session, sitting_id).items()},
            "categories": {
                category.value: n
                for category, n in _seconds(session, sitting_id, Hand.category).items()
            },
        },
    }


def spoken_by(session: Session, sitting_id: int) -> dict[int, int]:
    """Return how many seconds each person has spoken in a sitting, by person id."""
    return _seconds(session, sitting_id, Hand.person_id)


def _seconds(session: Session, sitting_id: int, by: Any) -> dict[Any, int]:
    key: ColumnElement[Any] = by
    query = (
        select(key, func.sum(Hand.spoken))
        .where(Hand.sitting_id == sitting_id, Hand.state == HandState.DONE)
        .group_by(key)
        .order_by(key)
    )
    return {group: int(total) for group, total in session.execute(query)}
