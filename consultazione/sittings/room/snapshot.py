"""The snapshot of a sitting's room and its parts, ready for JSON.

A snapshot holds the number of the last entry that it includes. What happens later reaches
the browser as entries of the stream `sitting:N`, and as the parts `presence` and `turnout`.
Moments are ISO 8601 in UTC; the keys of `people` are person ids as text, as in JSON.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core import clock
from consultazione.core.actor import VISITOR, Actor
from consultazione.core.log import read_newest
from consultazione.core.permissions import Permission, may, permitted
from consultazione.people.queries import actor_of
from consultazione.sittings.admission import kept_out
from consultazione.sittings.agenda.queries import materials_by_point
from consultazione.sittings.attendance.names import is_named_to_all, named_to_all
from consultazione.sittings.breaks.queries import suspension_now
from consultazione.sittings.chat.queries import chat_rule
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.floor.models import Hand, HandState
from consultazione.sittings.floor.queries import speakers_of
from consultazione.sittings.models import Attendance, Sitting
from consultazione.sittings.polls.models import Poll, PollState
from consultazione.sittings.polls.snapshot import (
    own_ballots,
    own_proxies,
    own_room_votes,
    poll_snapshots,
    turnout_snapshot,
)
from consultazione.sittings.polls.types import TurnoutSnapshot
from consultazione.sittings.polls.voters.entitlement import own_standings
from consultazione.sittings.queries import get_sitting, names_at
from consultazione.sittings.questions.queries import questions_frame
from consultazione.sittings.quorums.base import Standing
from consultazione.sittings.quorums.headcount import Headcount, is_there, standing_of
from consultazione.sittings.quorums.types import StandingSnapshot
from consultazione.sittings.record.snapshot import persons_in, record_of
from consultazione.sittings.room.entries import PAGE, as_sent, named_in
from consultazione.sittings.room.rows import floor_row, hand_row, point_row, sitting_row
from consultazione.sittings.room.types import (
    PresencePart,
    PresenceSnapshot,
    RoomMine,
    RoomSnapshot,
)
from consultazione.tables.rules import rule_of

# The commands that the room offers; other pages offer the rest.
ROOM_COMMANDS = (
    Permission.CALL_ROLL,
    Permission.OPEN_SITTING,
    Permission.VERIFY_QUORUM,
    Permission.CLOSE_SITTING,
    Permission.START_POINT,
    Permission.CLOSE_POINT,
    Permission.SUSPEND_SITTING,
    Permission.RESUME_SITTING,
    Permission.SUSPEND_POINT,
    Permission.MOVE_POINT,
    Permission.SET_VIDEO,
    Permission.ASK_QUESTION,
    Permission.UPVOTE_QUESTION,
    Permission.SHOW_QUESTION,
    Permission.ANSWER_QUESTION,
    Permission.WRITE_RUNNING_NOTE,
    Permission.ADD_PHRASE,
    Permission.MAKE_STATEMENT,
    Permission.HIDE_STATEMENT,
    Permission.MAKE_COMMITMENT,
    Permission.CHOOSE_ORDER,
    Permission.MOVE_HAND,
    Permission.LIMIT_TIME,
    Permission.SET_SPEAKING_QUOTAS,
    Permission.EXTEND_FLOOR,
    Permission.GIVE_FLOOR,
    Permission.END_FLOOR,
    Permission.OPEN_POLL,
    Permission.CLOSE_POLL,
    Permission.ANNUL_POLL,
    Permission.COUNT_IN_ROOM,
    Permission.ENTER_SITTING,
    Permission.LEAVE_SITTING,
    Permission.RAISE_HAND,
    Permission.WITHDRAW_HAND,
    Permission.CAST_BALLOT,
    Permission.OPEN_CHAT,
    Permission.CLOSE_CHAT,
    Permission.WRITE_CHAT_MESSAGE,
    Permission.HIDE_CHAT_MESSAGE,
    Permission.APPLAUD,
)
# Those that whoever writes the minutes has for this sitting, whatever their role.
WRITING = (Permission.WRITE_RUNNING_NOTE,)
# At most this many of those present are named to everybody; the rest are only counted.
MOST_NAMED = 200
# A room shows the newest polls. As each takes two entries, the chronicle speaks of no other.
MOST_POLLS = PAGE // 2 + 1


def room_snapshot(session: Session, sitting_id: int) -> RoomSnapshot:
    """Return the room at one moment; NotFound if there is no such sitting.

    What grows with the length of the sitting is cut (see `RoomSnapshot`); the rows that are
    read grow with those who raise their hands or have spoken, and with nothing else.
    """
    sitting = get_sitting(session, sitting_id)
    entries = read_newest(session, sitting_stream(sitting_id), limit=PAGE)
    chronicle = as_sent(session, entries)
    hands = _hands(session, sitting_id)
    present = presence(session, sitting_id)
    written = questions_frame(session, sitting_id)
    record = record_of(session, sitting_id)
    papers = materials_by_point(session, sitting_id)
    named = {
        *named_to_all(session, sitting, present["present"]),
        *persons_in(record),
        *filter(None, [sitting.secretary_id]),
        *(hand.person_id for hand in hands),
        *named_in(entries, chronicle),
    }
    return {
        "sitting": sitting_row(
            sitting, suspension_now(session, sitting_id), chat_rule(session, sitting_id)
        ),
        "number": entries[-1].number if entries else 0,
        "agenda": [point_row(point, papers.get(point.id, [])) for point in sitting.agenda],
        "hands": [hand_row(hand) for hand in hands if hand.state is HandState.RAISED],
        "floor": floor_row(hands),
        "speakers": speakers_of(session, sitting_id),
        "polls": poll_snapshots(session, sitting_id, newest=MOST_POLLS),
        "chronicle": chronicle,
        "people": names_at(session, sitting_id, named) | written["people"],
        "questions": written["questions"],
        "more_questions": written["more_questions"],
        "unseen": written["unseen"],
        "hidden": written["hidden"],
        "record": record,
        "presence": present,
        "turnout": turnout(session, sitting_id),
    }


def room_mine(session: Session, sitting_id: int, person_id: int | None) -> RoomMine:
    """Return the private part of the room for one person, or for a visitor without a person."""
    actor = VISITOR if person_id is None else actor_of(session, person_id)
    return rooms_mine(session, sitting_id, [actor])[0]


def rooms_mine(session: Session, sitting_id: int, actors: Sequence[Actor]) -> list[RoomMine]:
    """Return the private parts of the room for several actors, in their order.

    Each holds the actor's presence, ballots and permitted commands; a visitor has none.
    The number of queries does not grow with that of the participants.
    """
    now = clock.as_json(clock.now())
    persons = [actor.person_id for actor in actors if actor.person_id is not None]
    if not persons:
        return [_visitors(now) for _actor in actors]
    sitting = get_sitting(session, sitting_id)
    table = sitting.table
    place = {"zone_id": table.zone_id, "table_id": table.id}
    present = present_of(session, sitting_id, persons)
    ballots = own_ballots(session, sitting_id, persons)
    room = own_room_votes(session, sitting_id)
    proxies = own_proxies(session, sitting_id, persons) if present else {}
    standings = own_standings(session, sitting, present, at=clock.now()) if present else {}
    outside = kept_out(session, sitting, set(persons) - present, at=clock.now())
    parts: list[RoomMine] = []
    for actor in actors:
        person_id = actor.person_id
        if person_id is None:
            parts.append(_visitors(now))
            continue
        counts = may(actor, Permission.READ_ROOM_VOTES, **place)
        parts.append(
            {
                "may": _commands_of(actor, sitting),
                "present": person_id in present,
                "ballots": ballots.get(person_id, {}),
                "standing": standings.get(person_id),
                "outside": rule_of(table.rule).attend.value if person_id in outside else None,
                "proxies": proxies.get(person_id, []) if person_id in present else [],
                "room_votes": dict(room.entered) if counts else {},
                "room_votes_waiting": room.waiting if counts else [],
                "person_id": person_id,
                "now": now,
            }
        )
    return parts


def _commands_of(actor: Actor, sitting: Sitting) -> list[str]:
    """The commands of the room that somebody may give, also as who writes the minutes."""
    table = sitting.table
    held = permitted(actor, ROOM_COMMANDS, zone_id=table.zone_id, table_id=table.id)
    if actor.person_id == sitting.secretary_id:
        held += [permission for permission in WRITING if permission not in held]
    return [permission.value for permission in held]


def _visitors(now: str) -> RoomMine:
    return {
        "ballots": {},
        "standing": None,
        "outside": None,
        "proxies": [],
        "room_votes": {},
        "room_votes_waiting": [],
        "may": [],
        "person_id": None,
        "now": now,
    }


def presence(session: Session, sitting_id: int) -> PresenceSnapshot:
    """Return how many are present now in all and by category, who is named, and the quorum.

    Who is not named to everybody is only counted: the number of an account names its person
    wherever they have spoken. At most MOST_NAMED are listed, since sending every name to
    everybody would grow with the square of their number. Each learns of their own presence in
    the private part.
    """
    sitting = get_sitting(session, sitting_id)
    hall, here = Headcount(session, sitting), is_there(sitting_id)
    named = select(Attendance.person_id).where(here, is_named_to_all(sitting))
    first = named.order_by(Attendance.id).limit(MOST_NAMED)
    return {
        "count": hall.everybody,
        "present": list(session.scalars(first)),
        "by_category": {
            category.value: count for category, count in hall.everybody_by_category.items()
        },
        "quorum": _quorum(standing_of(session, sitting, hall)),
    }


def _quorum(standing: Standing | None) -> StandingSnapshot | None:
    if standing is None:
        return None
    return {"needed": standing.needed, "there": standing.there, "met": standing.met}


def present_of(session: Session, sitting_id: int, persons: Collection[int]) -> set[int]:
    """Return the ids of those of some persons who are present now."""
    query = select(Attendance.person_id).filter_by(sitting_id=sitting_id, left_at=None)
    return set(session.scalars(query.where(Attendance.person_id.in_(persons))))


def presence_frame(session: Session, sitting_id: int) -> PresencePart:
    """Return the presence with the names of those listed, as a frame of its own.

    Names of those alone who are named to everybody (`attendance.names`).
    """
    present = presence(session, sitting_id)
    named = named_to_all(session, get_sitting(session, sitting_id), present["present"])
    return {**present, "people": names_at(session, sitting_id, named)}


def turnout(session: Session, sitting_id: int) -> TurnoutSnapshot | None:
    """Return the turnout of the open poll; None if none is open."""
    poll_id = session.scalar(
        select(Poll.id).where(Poll.sitting_id == sitting_id, Poll.state == PollState.OPEN)
    )
    return None if poll_id is None else turnout_of(session, poll_id)


def turnout_of(session: Session, poll_id: int) -> TurnoutSnapshot:
    """Return the votes cast in a poll, open or closed, and its electorate so far."""
    return turnout_snapshot(session, session.get_one(Poll, poll_id))


def _hands(session: Session, sitting_id: int) -> list[Hand]:
    """Return the raised hands and the speaking one, in the order in which they were raised."""
    query = (
        select(Hand)
        .where(Hand.sitting_id == sitting_id)
        .where(Hand.state.in_([HandState.RAISED, HandState.SPEAKING]))
        .order_by(Hand.id)
    )
    return list(session.scalars(query))
