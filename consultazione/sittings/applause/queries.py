"""Queries about what is applauded: the speech that goes on, else the point under discussion."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.sittings.breaks.queries import suspension_now
from consultazione.sittings.floor.models import Hand, HandState
from consultazione.sittings.models import AgendaPoint, PointState, Sitting, SittingState

# A point in one of these states is not dealt with any more in its sitting.
_ENDED = (PointState.DONE, PointState.POSTPONED, PointState.REMOVED)


class Subject(NamedTuple):
    """What is applauded: a speech, by its hand, or a point of the agenda; the other is None."""

    hand_id: int | None = None
    point_id: int | None = None


def applauded_now(session: Session, sitting_id: int) -> tuple[Subject | None, int | None]:
    """Return what can be applauded now, and the person who speaks, if it is a speech.

    Nothing in a sitting that is not open or that is suspended.
    """
    state = session.scalar(select(Sitting.state).where(Sitting.id == sitting_id))
    if state is not SittingState.OPEN or suspension_now(session, sitting_id) is not None:
        return None, None
    speaking = select(Hand).filter_by(sitting_id=sitting_id, state=HandState.SPEAKING)
    hand = session.scalar(speaking)
    if hand is not None:
        return Subject(hand_id=hand.id), hand.person_id
    current = select(AgendaPoint.id).filter_by(sitting_id=sitting_id, state=PointState.CURRENT)
    point_id = session.scalar(current)
    return None if point_id is None else Subject(point_id=point_id), None


def is_over(session: Session, sitting_id: int, subject: Subject) -> bool:
    """Whether a speech or a point of a sitting has come to its end; False for any other."""
    if subject.hand_id is not None:
        speech = select(Hand.id).filter_by(id=subject.hand_id, sitting_id=sitting_id)
        return session.scalar(speech.where(Hand.state == HandState.DONE)) is not None
    point = select(AgendaPoint.id).filter_by(id=subject.point_id, sitting_id=sitting_id)
    return session.scalar(point.where(AgendaPoint.state.in_(_ENDED))) is not None


def has_ended(session: Session, sitting_id: int, subject: Subject) -> bool:
    """Whether nobody will applaud it any more: it is over, or its sitting is, or is gone."""
    state = session.scalar(select(Sitting.state).where(Sitting.id == sitting_id))
    return state is not SittingState.OPEN or is_over(session, sitting_id, subject)
