"""Reading the list of speakers: how it is ordered, and how long who has spoken."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from consultazione.sittings.floor.models import Hand, HandState, SpeakersList, SpeakingOrder
from consultazione.sittings.floor.types import SpeakersSnapshot


def speakers_of(session: Session, sitting_id: int) -> SpeakersSnapshot:
    """What the room shows of the list of speakers, ready for JSON."""
    chosen = session.get(SpeakersList, sitting_id)
    return {
        "ordering": chosen.ordering if chosen else SpeakingOrder.FIRST_COME,
        "placed": chosen.placed if chosen else [],
        "seconds": chosen.seconds if chosen else None,
        "last": chosen.last if chosen else None,
        "spoken": {
            "persons": {str(who): n for who, n in spoken_by(session, sitting_id).items()},
            "categories": {
                category.value: n
                for category, n in _seconds(session, sitting_id, Hand.category).items()
            },
        },
    }


def spoken_by(session: Session, sitting_id: int) -> dict[int, int]:
    """For how many seconds each person has spoken in a sitting."""
    return _seconds(session, sitting_id, Hand.person_id)


def _seconds(session: Session, sitting_id: int, by: Any) -> dict[Any, int]:
    key: ColumnElement[Any] = by
    query = (
        select(key, func.sum(Hand.spoken))
        .where(Hand.sitting_id == sitting_id, Hand.state == HandState.DONE)
        .group_by(key)
        .order_by(key)
    )
    return {found: int(total) for found, total in session.execute(query)}
