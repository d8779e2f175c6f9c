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

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.sittings.polls.models import Poll, RoomVotes
from consultazione.sittings.polls.rules import Franchise, rules_of
from consultazione.sittings.polls.voters.basis import basis_of
from consultazione.sittings.polls.voters.present import votes_in_hall


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
        limit=votes_in_hall(session, poll, basis_of(session, poll)) if rows else 0,
    )


def most_in_room(session: Session, poll: Poll, cast_online: int) -> int | None:
    """How many votes the room can have at most; None where anybody in the hall may vote.

    cast_online: the votes cast by ballot. Organisations have no more than those that are left;
    where the table counts registered persons alone, they are those in the hall without a ballot.
    """
    basis = basis_of(session, poll)
    if rules_of(poll.rules).franchise is not Franchise.PERSONS:
        return basis.all_votes - cast_online
    return None if basis.hall else votes_in_hall(session, poll, basis)
