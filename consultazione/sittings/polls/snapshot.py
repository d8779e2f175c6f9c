"""Snapshots of polls, as the room shows them, ready for JSON."""

from __future__ import annotations

from collections.abc import Collection
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core import clock
from consultazione.sittings.polls.models import Ballot, Poll, PollState
from consultazione.sittings.polls.queries import (
    live_tally,
    options_of,
    votes_cast,
    weights_of,
)
from consultazione.sittings.polls.room_count import (
    NOTHING_COUNTED,
    RoomCount,
    room_count_of,
)
from consultazione.sittings.polls.rules import Effect, Franchise, rules_of
from consultazione.sittings.polls.types import (
    HeldProxy,
    OwnBallots,
    PollResult,
    PollSnapshot,
    PollStanding,
    StoredRules,
    TurnoutSnapshot,
)
from consultazione.sittings.polls.voters.electorate import electorate_of
from consultazione.sittings.proxies.queries import held_by, name_of


def poll_snapshots(
    session: Session,
    sitting_id: int,
    *,
    only: Collection[int] | None = None,
    newest: int | None = None,
) -> list[PollSnapshot]:
    """Return a sitting's polls in the order of opening; closed ones with their results.

    only: leaves out polls with other ids. newest: how many at most, the latest of them.
    """
    query = select(Poll).filter_by(sitting_id=sitting_id)
    if only is not None:
        query = query.where(Poll.id.in_(only))
    polls = list(session.scalars(query.order_by(Poll.id.desc()).limit(newest)))[::-1]
    options = options_of(session, [poll.id for poll in polls])
    return [_poll(session, poll, options[poll.id]) for poll in polls]


def turnout_snapshot(session: Session, poll: Poll) -> TurnoutSnapshot:
    """Return the votes cast, the electorate so far, and the tally if the rules show it."""
    tally = live_tally(session, poll) if poll.state is PollState.OPEN else None
    return {
        "poll_id": poll.id,
        "cast": votes_cast(session, poll),
        "electorate": electorate_of(session, poll),
        "tally": tally,
    }


def own_ballots(
    session: Session, sitting_id: int, persons: Collection[int]
) -> dict[int, OwnBallots]:
    """Return the choices of persons in a sitting's polls; None for those of secret polls.

    By person id, then by poll id as text.
    """
    cast = session.execute(
        select(Ballot.person_id, Ballot.poll_id, Ballot.choice)
        .join(Poll, Poll.id == Ballot.poll_id)
        .where(Poll.sitting_id == sitting_id, Ballot.person_id.in_(persons))
    )
    choices: dict[int, OwnBallots] = {}
    for person_id, poll_id, choice in cast:
        choices.setdefault(person_id, {})[str(poll_id)] = choice
    return choices


def own_proxies(
    session: Session, sitting_id: int, persons: Collection[int]
) -> dict[int, list[HeldProxy]]:
    """Return the proxies that persons hold now in a sitting, with what was voted by each."""
    held = held_by(session, sitting_id, persons)
    ids = [proxy.id for proxies in held.values() for proxy in proxies]
    cast: dict[int | None, OwnBallots] = {}
    if ids:
        query = select(Ballot.proxy_id, Ballot.poll_id, Ballot.choice)
        for proxy_id, poll_id, choice in session.execute(query.where(Ballot.proxy_id.in_(ids))):
            cast.setdefault(proxy_id, {})[str(poll_id)] = choice
    return {
        holder_id: [
            {
                "id": proxy.id,
                "name": name_of(proxy),
                "organisation_id": proxy.organisation_id,
                "ballots": cast.get(proxy.id, {}),
            }
            for proxy in proxies
        ]
        for holder_id, proxies in held.items()
    }


def own_room_votes(session: Session, sitting_id: int) -> RoomCount:
    """Return what was counted in the room for the open poll; nothing if none is open."""
    query = select(Poll).filter_by(sitting_id=sitting_id, state=PollState.OPEN)
    poll = session.scalar(query)
    return NOTHING_COUNTED if poll is None else room_count_of(session, poll)


def _poll(session: Session, poll: Poll, options: list[str]) -> PollSnapshot:
    result, standing = _ending(poll)
    basis = poll.basis or {}
    weighted = rules_of(poll.rules).franchise is Franchise.WEIGHTS
    weights = weights_of(session, poll.id) if weighted else {}
    return {
        "tally": result.get("tally"),
        "carried": result.get("carried") if poll.effect is Effect.BINDING else None,
        "grounds": result.get("grounds"),
        "numbers": result.get("numbers"),
        "winners": result.get("winners"),
        "entitled": result.get("entitled"),
        "cast": result.get("cast"),
        "room_tally": result.get("room_tally"),
        "room_confirmed": result.get("room_confirmed"),
        "needed": result.get("needed"),
        "needed_of": result.get("needed_of"),
        "quorum_votes": result.get("quorum_votes"),
        "unregistered": result.get("unregistered"),
        "represented": result.get("represented"),
        "present_organisations": result.get("present_organisations"),
        "voted_organisations": result.get("voted_organisations"),
        "voters": basis.get("voters"),
        "level": basis.get("level"),
        "hall": basis.get("hall"),
        "organisations": basis.get("organisations"),
        "attendance_needed": standing.get("attendance_needed"),
        "attendance_there": standing.get("attendance_there"),
        "id": poll.id,
        "point_id": poll.point_id,
        "poll_kind": poll.kind,
        "question": poll.question,
        "options": options,
        "effect": poll.effect,
        "rules": cast(StoredRules, poll.rules),
        "weights": {str(key): weight for key, weight in weights.items()} or None,
        "state": poll.state,
        "opened_at": clock.as_json(poll.opened_at),
        "closed_at": None if poll.closed_at is None else clock.as_json(poll.closed_at),
        "electorate": poll.electorate,
        "annulled_because": poll.annulled_because,
        "explanation": poll.explanation,
    }


def _ending(poll: Poll) -> tuple[PollResult, PollStanding]:
    """Return a poll's result, empty while it is open, and the standing of the sitting's quorum.

    The standing is that at the opening while the poll is open, and then that at the closing;
    of an annulled poll none is of interest.
    """
    if poll.state is PollState.ANNULLED:
        return {}, {}
    if poll.result is None:
        return {}, cast(PollStanding, poll.standing or {})
    result = cast(PollResult, poll.result)
    return result, result
