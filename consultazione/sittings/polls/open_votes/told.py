"""What the chronicle tells of open votes, many polls at a time."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from consultazione.sittings.polls.models import Ballot, Poll
from consultazione.sittings.polls.open_votes.by_name import Voter, by_choice, voters_of
from consultazione.sittings.polls.open_votes.silent import Silent, silent_by_name
from consultazione.sittings.polls.rules import rules_of
from consultazione.sittings.polls.types import VotesByName
from consultazione.sittings.polls.voters.silence import silence_in

# How many voters a sentence of the chronicle names.
MOST_IN_CHRONICLE = 60


def votes_told(session: Session, closed: Mapping[int, datetime]) -> dict[int, VotesByName | None]:
    """Return what the chronicle tells of open votes, by poll; None where they are too many.

    closed: when each poll was closed, which is the moment of the entry that tells it; a poll may
    have been annulled since. Secret polls are left out. The number of statements does not grow
    with that of the polls, but for those of before it was kept who was silent in them.
    """
    query = select(Poll).where(Poll.id.in_(closed)).options(undefer(Poll.silence))
    polls = [poll for poll in session.scalars(query) if not rules_of(poll.rules).secret]
    crowded = _crowded(session, [poll.id for poll in polls])
    few = [poll for poll in polls if poll.id not in crowded]
    voters = voters_of(session, few)
    silent = silent_by_name(
        session, {poll.id: silence_in(session, poll, until=closed[poll.id]) for poll in few}
    )
    told = {poll.id: _told(voters[poll.id], silent[poll.id]) for poll in few}
    return {**dict.fromkeys(crowded), **told}


def _crowded(session: Session, poll_ids: Collection[int]) -> set[int]:
    """Those of some polls with more ballots than a sentence names."""
    query = select(Ballot.poll_id).where(Ballot.poll_id.in_(poll_ids)).group_by(Ballot.poll_id)
    return set(session.scalars(query.having(func.count() > MOST_IN_CHRONICLE)))


def _told(voters: list[Voter], silent: Silent) -> VotesByName | None:
    if len(silent.voices) > MOST_IN_CHRONICLE:
        return None
    return {
        "choices": [
            {"choice": choice, "voices": [voter.voice for voter in group]}
            for choice, group in by_choice(voters)
        ],
        "silent": silent.voices,
        "others": silent.others,
    }
