"""How a person voted in votes that are not secret, for the page of their profile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import false, select
from sqlalchemy.orm import Session

from consultazione.sittings.models import Attendance, Sitting
from consultazione.sittings.polls.models import Ballot, Poll, PollState
from consultazione.sittings.polls.queries import options_of


@dataclass(frozen=True)
class OwnVote:
    """How a person voted in an open vote. options: the labels that choices refer to."""

    poll: Poll
    sitting: Sitting
    choice: str
    options: Sequence[str]


def own_votes(session: Session, person_id: int, *, limit: int) -> list[OwnVote]:
    """A person's votes that are not secret, at sittings that they were at, the latest first.

    Only of polls that were closed: then everybody reads who voted what. No rehearsals.
    """
    attended = select(Attendance.sitting_id).where(Attendance.person_id == person_id)
    query = (
        select(Poll, Sitting, Ballot.choice)
        .join(Sitting, Sitting.id == Poll.sitting_id)
        .join(Ballot, (Ballot.poll_id == Poll.id) & (Ballot.person_id == person_id))
        .where(Sitting.id.in_(attended), Sitting.rehearses.is_(None))
        .where(Poll.state == PollState.CLOSED, Poll.rules["secret"].as_boolean() == false())
        .where(Ballot.choice.is_not(None))
        .order_by(Poll.opened_at.desc(), Poll.id.desc())
        .limit(limit)
    )
    found = session.execute(query).all()
    options = options_of(session, [row[0].id for row in found])
    return [OwnVote(row[0], row[1], row[2] or "", options[row[0].id]) for row in found]
