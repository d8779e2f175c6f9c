"""Polls as the room shows them, ready for JSON."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.sittings.polls.electorate import electorate_of
from consultazione.sittings.polls.models import Ballot, Poll, PollState
from consultazione.sittings.polls.queries import (
    live_tally,
    options_of,
    room_votes_of,
    votes_cast,
    weights_of,
)
from consultazione.sittings.polls.rules import Franchise, rules_of

# What the result adds to a poll; nothing of it is known, or told, before the end.
_RESULT = (
    "tally", "carried", "grounds", "numbers", "winners", "entitled", "cast", "room_tally",
)  # fmt: skip
# How the sitting stood with its quorum: known from the opening of a poll, and again at its end.
_STANDING = ("attendance_needed", "attendance_there")


def poll_snapshots(session: Session, sitting_id: int) -> list[dict[str, Any]]:
    """A sitting's polls in the order in which they were opened; results of closed ones."""
    query = select(Poll).filter_by(sitting_id=sitting_id).order_by(Poll.id)
    polls = list(session.scalars(query))
    options = options_of(session, [poll.id for poll in polls])
    return [_poll(session, poll, options[poll.id]) for poll in polls]


def turnout_snapshot(session: Session, poll: Poll) -> dict[str, Any]:
    """How many have voted in a poll, of how many so far; the tally if its rules show it."""
    tally = live_tally(session, poll) if poll.state is PollState.OPEN else None
    return {
        "poll_id": poll.id,
        "cast": votes_cast(session, poll),
        "electorate": electorate_of(session, poll),
        "tally": tally,
    }


def own_ballots(
    session: Session, sitting_id: int, persons: Collection[int]
) -> dict[int, dict[str, str | None]]:
    """What persons have voted in a sitting's polls, by person and poll; None where secret."""
    cast = session.execute(
        select(Ballot.person_id, Ballot.poll_id, Ballot.choice)
        .join(Poll, Poll.id == Ballot.poll_id)
        .where(Poll.sitting_id == sitting_id, Ballot.person_id.in_(persons))
    )
    found: dict[int, dict[str, str | None]] = {}
    for person_id, poll_id, choice in cast:
        found.setdefault(person_id, {})[str(poll_id)] = choice
    return found


def own_room_votes(session: Session, sitting_id: int) -> dict[str, int]:
    """For who enters the votes of the room: those of the open poll, by choice."""
    query = select(Poll.id).filter_by(sitting_id=sitting_id, state=PollState.OPEN)
    poll_id = session.scalar(query)
    return {} if poll_id is None else room_votes_of(session, poll_id)


def _poll(session: Session, poll: Poll, options: list[str]) -> dict[str, Any]:
    result = poll.result or {}
    weighted = rules_of(poll.rules).franchise is Franchise.WEIGHTS
    weights = weights_of(session, poll.id) if weighted else {}
    found = {name: result.get(name) for name in _RESULT}
    standing = (poll.standing or {}) if poll.result is None else result
    found |= {name: standing.get(name) for name in _STANDING}
    return {
        **found,
        "id": poll.id,
        "point_id": poll.point_id,
        "poll_kind": poll.kind,
        "question": poll.question,
        "options": options,
        "rules": poll.rules,
        "weights": {str(key): weight for key, weight in weights.items()} or None,
        "state": poll.state.value,
        "opened_at": _iso(poll.opened_at),
        "closed_at": _iso(poll.closed_at),
        "electorate": poll.electorate,
    }


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat()
