"""Queries on polls: options, terms, weights, votes by choice."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import func, literal_column, or_, select, tuple_
from sqlalchemy.orm import Session

from consultazione.core.errors import NotFound
from consultazione.sittings.models import Attendance
from consultazione.sittings.polls.kinds import KINDS
from consultazione.sittings.polls.kinds.base import Terms
from consultazione.sittings.polls.models import (
    Ballot,
    BoxBallot,
    Poll,
    PollOption,
    PollWeight,
)
from consultazione.sittings.polls.room_count import room_count_of
from consultazione.sittings.polls.rules import Franchise, rules_of

# How many polls the page of attendance lists, the newest.
MOST_VOTES = 100
_NEVER: Any = literal_column("'infinity'::timestamptz")


def options_of(session: Session, poll_ids: Collection[int]) -> dict[int, list[str]]:
    """Return the labels of polls' options in their order, by poll id."""
    query = (
        select(PollOption.poll_id, PollOption.label)
        .where(PollOption.poll_id.in_(poll_ids))
        .order_by(PollOption.poll_id, PollOption.rank)
    )
    labels: dict[int, list[str]] = {poll_id: [] for poll_id in poll_ids}
    for poll_id, label in session.execute(query):
        labels[poll_id].append(label)
    return labels


def poll_terms(session: Session, poll: Poll) -> Terms:
    """Return how many options a poll offers, with its rules."""
    query = select(func.count()).where(PollOption.poll_id == poll.id)
    return Terms(session.scalar(query) or 0, rules_of(poll.rules))


def weights_of(session: Session, poll_id: int) -> dict[int, int]:
    """Return the weights of the organisations in a poll, by organisation id."""
    query = select(PollWeight.organisation_id, PollWeight.weight).filter_by(poll_id=poll_id)
    return dict(iter(session.execute(query)))


def online_votes(session: Session, poll: Poll) -> dict[str, int]:
    """Return the votes cast online, by choice; weighted where organisations vote by weight.

    Of a secret poll, those in its box: none before the box is opened.
    """
    rules = rules_of(poll.rules)
    if rules.secret:
        box = select(BoxBallot.choice, func.count()).where(BoxBallot.poll_id == poll.id)
        return dict(iter(session.execute(box.group_by(BoxBallot.choice))))
    votes: Any = select(Ballot.choice, func.count()).where(Ballot.poll_id == poll.id)
    if rules.franchise is Franchise.WEIGHTS:
        votes = _weighted(poll.id)
    return {choice: int(count) for choice, count in session.execute(votes.group_by(Ballot.choice))}


def votes_cast(session: Session, poll: Poll) -> int:
    """Return how many votes have been cast, online (weighted) and in the room."""
    room = sum(room_count_of(session, poll).counted.values())
    return room + ballots_cast(session, poll)


def ballots_cast(session: Session, poll: Poll) -> int:
    """Return how many votes have been cast online, weighted where organisations vote by weight."""
    if rules_of(poll.rules).franchise is Franchise.WEIGHTS:
        by_weight = _weighted(poll.id).group_by(Ballot.choice)
        return sum(int(votes) for _, votes in session.execute(by_weight))
    query = select(func.count()).where(Ballot.poll_id == poll.id)
    return session.scalar(query) or 0


def live_tally(session: Session, poll: Poll) -> dict[str, int] | None:
    """Return the tally so far if the poll's rules show it before the end, or else None."""
    terms = poll_terms(session, poll)
    if not terms.rules.live:
        return None
    votes = online_votes(session, poll)
    for choice, count in room_count_of(session, poll).counted.items():
        votes[choice] = votes.get(choice, 0) + count
    return KINDS[poll.kind].tally(votes, terms)


def _weighted(poll_id: int) -> Any:
    return (
        select(Ballot.choice, func.sum(PollWeight.weight))
        .join(
            PollWeight,
            (PollWeight.poll_id == Ballot.poll_id)
            & (PollWeight.organisation_id == Ballot.organisation_id),
        )
        .where(Ballot.poll_id == poll_id)
    )


def get_poll(session: Session, poll_id: int, *, sitting_id: int) -> Poll:
    """Return a poll of a sitting; NotFound if there is none."""
    poll = session.get(Poll, poll_id)
    if poll is None or poll.sitting_id != sitting_id:
        raise NotFound(_("There is no such poll."))
    return poll


@dataclass(frozen=True)
class AtVote:
    """A poll, and how many were present at any time while it was open."""

    poll: Poll
    count: int


def votes_of(session: Session, sitting_id: int) -> list[AtVote]:
    """Return the newest polls of a sitting in order, with how many were there for each.

    Who attended under two mandates counts for each, as in the register.
    """
    voice = tuple_(Attendance.person_id, func.coalesce(Attendance.mandate_id, 0))
    there = (
        select(func.count(voice.distinct()))
        .where(Attendance.sitting_id == sitting_id)
        .where(Attendance.entered_at <= func.coalesce(Poll.closed_at, _NEVER))
        .where(or_(Attendance.left_at.is_(None), Attendance.left_at > Poll.opened_at))
        .correlate(Poll)
        .scalar_subquery()
    )
    query = select(Poll, there).where(Poll.sitting_id == sitting_id).order_by(Poll.id.desc())
    found = session.execute(query.limit(MOST_VOTES)).all()
    return [AtVote(poll, count) for poll, count in reversed(found)]
