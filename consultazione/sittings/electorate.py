"""The electorate of a poll: whom its result is counted against."""

from __future__ import annotations

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from consultazione.sittings.models import Attendance, Ballot, Poll


def electorate_of(session: Session, poll: Poll) -> int:
    """How many persons were present at any time while the poll was open.

    Before the poll is closed, those who have been present so far. A voter counts even
    if the clocks of two transactions put their departure before the poll's beginning.
    """
    if poll.electorate is not None:
        return poll.electorate
    present = select(Attendance.person_id).where(
        Attendance.sitting_id == poll.sitting_id,
        or_(Attendance.left_at.is_(None), Attendance.left_at >= poll.opened_at),
    )
    voters = select(Ballot.person_id).where(Ballot.poll_id == poll.id)
    persons = present.union(voters).subquery()
    return session.scalar(select(func.count()).select_from(persons)) or 0
