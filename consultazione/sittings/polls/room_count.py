"""The votes that are counted in the room: how many are believed, and which wait for a second.

One rule for the page, the socket, the REST interface and the minutes. Who counts alone is
believed up to the votes of those in the hall who have cast no ballot of their own: the desk
let them in, or they typed the hall's code. For more than that, since more are in the hall
than are registered, every number is entered by two persons, and counts once both agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from consultazione.people.models import Mandate
from consultazione.sittings.models import Attendance
from consultazione.sittings.polls.models import Ballot, Poll, PollWeight, RoomVotes
from consultazione.sittings.polls.rules import Franchise, rules_of


class RoomConfirmation(StrEnum):
    """Why the votes of the room are believed: the hall has as many, or two counted them."""

    HALL = "hall"
    TWO = "two"


@dataclass(frozen=True)
class RoomCount:
    """What was entered for a poll, by choice.

    confirmed: the choices for which two persons entered the same number. limit: the votes of
    those in the hall who have cast no ballot of their own.
    """

    entered: Mapping[str, int]
    confirmed: frozenset[str]
    limit: int

    @property
    def waiting(self) -> list[str]:
        """The choices whose number a second person has to enter too."""
        if sum(self.entered.values()) <= self.limit:
            return []
        return [choice for choice in self.entered if choice not in self.confirmed]

    @property
    def counted(self) -> dict[str, int]:
        """The votes that count, by choice."""
        waiting = self.waiting
        return {choice: n for choice, n in self.entered.items() if choice not in waiting}

    @property
    def confirmation(self) -> RoomConfirmation | None:
        """Why the votes that count are believed; None if there are none."""
        if not self.counted:
            return None
        within = sum(self.entered.values()) <= self.limit
        return RoomConfirmation.HALL if within else RoomConfirmation.TWO


NOTHING_COUNTED = RoomCount({}, frozenset(), 0)


def room_count_of(session: Session, poll: Poll) -> RoomCount:
    """Return what was entered for a poll, measured against the hall as it is now."""
    rows = session.scalars(
        select(RoomVotes).filter_by(poll_id=poll.id).order_by(RoomVotes.choice)
    ).all()
    return RoomCount(
        entered={row.choice: row.votes for row in rows},
        confirmed=frozenset(row.choice for row in rows if row.confirmed_by is not None),
        limit=_votes_in_hall(session, poll) if rows else 0,
    )


def _votes_in_hall(session: Session, poll: Poll) -> int:
    """The votes of those in the hall since the poll was opened who have no ballot of their own."""
    franchise = rules_of(poll.rules).franchise
    in_hall = (Attendance.sitting_id == poll.sitting_id) & Attendance.in_hall
    there = in_hall & or_(Attendance.left_at.is_(None), Attendance.left_at >= poll.opened_at)
    if franchise is Franchise.PERSONS:
        voted = select(Ballot.person_id).where(Ballot.poll_id == poll.id)
        count = func.count(Attendance.person_id.distinct())
        return session.scalar(select(count).where(there, ~Attendance.person_id.in_(voted))) or 0
    organisations = _organisations(poll, there)
    if franchise is Franchise.ORGANISATIONS:
        return session.scalar(select(func.count()).select_from(organisations.subquery())) or 0
    weights = select(func.sum(PollWeight.weight)).where(
        PollWeight.poll_id == poll.id, PollWeight.organisation_id.in_(organisations)
    )
    return int(session.scalar(weights) or 0)


def _organisations(poll: Poll, there: Any) -> Any:
    voted = select(Ballot.organisation_id).where(
        Ballot.poll_id == poll.id, Ballot.organisation_id.is_not(None)
    )
    return (
        select(Mandate.organisation_id)
        .join(Attendance, Attendance.mandate_id == Mandate.id)
        .where(there, ~Mandate.organisation_id.in_(voted))
        .distinct()
    )
