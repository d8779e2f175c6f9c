"""What the room of a sitting shows, ready for JSON: the snapshot and its parts.

A snapshot names the number of the last entry that it holds; what happens afterwards
reaches the browser as entries (`sitting:N`) and as the parts `presence` and `turnout`.
Moments are ISO 8601 in UTC; keys of `people` are ids as text, as JSON has them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core import clock
from consultazione.core.actor import VISITOR, Actor
from consultazione.core.events import to_data
from consultazione.core.log import Entry, read_stream
from consultazione.core.permissions import Permission, may, permitted
from consultazione.people.queries import actor_of
from consultazione.sittings.agenda.queries import materials_by_point
from consultazione.sittings.agenda.types import MaterialSnapshot
from consultazione.sittings.breaks.queries import suspension_now
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.floor.models import Hand, HandState
from consultazione.sittings.floor.queries import speakers_of
from consultazione.sittings.floor.types import FloorSnapshot, HandSnapshot
from consultazione.sittings.models import AgendaPoint, Attendance, Sitting
from consultazione.sittings.polls.models import Poll, PollState
from consultazione.sittings.polls.snapshot import (
    own_ballots,
    own_room_votes,
    poll_snapshots,
    turnout_snapshot,
)
from consultazione.sittings.polls.types import TurnoutSnapshot
from consultazione.sittings.queries import get_sitting, names_at
from consultazione.sittings.questions.queries import questions_frame
from consultazione.sittings.quorums.base import Standing
from consultazione.sittings.quorums.headcount import Headcount, is_there, standing_of
from consultazione.sittings.quorums.types import StandingSnapshot
from consultazione.sittings.record.snapshot import persons_in, record_of
from consultazione.sittings.room.types import (
    BreakSnapshot,
    EntrySnapshot,
    PointSnapshot,
    PresencePart,
    PresenceSnapshot,
    RoomMine,
    RoomSnapshot,
    SittingSnapshot,
)
from consultazione.sittings.types import People

# What people do in the room, of all that they may do with a sitting.
ROOM_COMMANDS = (
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
    Permission.EXTEND_FLOOR,
    Permission.GIVE_FLOOR,
    Permission.END_FLOOR,
    Permission.OPEN_POLL,
    Permission.CLOSE_POLL,
    Permission.COUNT_IN_ROOM,
    Permission.ENTER_SITTING,
    Permission.LEAVE_SITTING,
    Permission.RAISE_HAND,
    Permission.WITHDRAW_HAND,
    Permission.CAST_BALLOT,
)
# So many of those present are named to all; the others are counted.
MOST_NAMED = 200
_PERSON_FIELDS = ("person_id", "presided_by")


def room_snapshot(session: Session, sitting_id: int) -> RoomSnapshot:
    """The whole room at one moment; NotFound if there is no such sitting."""
    sitting = get_sitting(session, sitting_id)
    entries = read_stream(session, sitting_stream(sitting_id))
    hands = _hands(session, sitting_id)
    present = presence(session, sitting_id)
    written = questions_frame(session, sitting_id)
    record = record_of(session, sitting_id)
    papers = materials_by_point(session, sitting_id)
    named = {
        *present["present"],
        *persons_in(record),
        *(hand.person_id for hand in hands),
        *_named_in(entries),
    }
    return {
        "sitting": _sitting(sitting, _suspended(session, sitting_id)),
        "number": entries[-1].number if entries else 0,
        "agenda": [_point(point, papers[point.id]) for point in sitting.agenda],
        "hands": [_hand(hand) for hand in hands if hand.state is HandState.RAISED],
        "floor": _floor(hands),
        "speakers": speakers_of(session, sitting_id),
        "polls": poll_snapshots(session, sitting_id),
        "chronicle": [entry_as_sent(entry) for entry in entries],
        "people": names_at(session, sitting_id, named) | written["people"],
        "questions": written["questions"],
        "unseen": written["unseen"],
        "hidden": written["hidden"],
        "record": record,
        "presence": present,
        "turnout": turnout(session, sitting_id),
    }


def room_mine(session: Session, sitting_id: int, person_id: int | None) -> RoomMine:
    """What the room shows to one person alone; without a person, to a visitor."""
    actor = VISITOR if person_id is None else actor_of(session, person_id)
    return rooms_mine(session, sitting_id, [actor])[0]


def rooms_mine(session: Session, sitting_id: int, actors: Sequence[Actor]) -> list[RoomMine]:
    """What the room shows to each alone: their ballots, and what their roles admit.

    A visitor only watches. Many are read with as many queries as one.
    """
    persons = [actor.person_id for actor in actors if actor.person_id is not None]
    table = get_sitting(session, sitting_id).table
    place = {"zone_id": table.zone_id, "table_id": table.id}
    present = present_of(session, sitting_id, persons)
    ballots = own_ballots(session, sitting_id, persons)
    now = _iso(clock.now())
    found: list[RoomMine] = []
    for actor in actors:
        person_id = actor.person_id
        if person_id is None:
            found.append(_visitors(now))
            continue
        counts = may(actor, Permission.READ_ROOM_VOTES, **place)
        found.append(
            {
                "may": [
                    permission.value for permission in permitted(actor, ROOM_COMMANDS, **place)
                ],
                "present": person_id in present,
                "ballots": ballots.get(person_id, {}),
                "room_votes": own_room_votes(session, sitting_id) if counts else {},
                "person_id": person_id,
                "now": now,
            }
        )
    return found


def _visitors(now: str) -> RoomMine:
    return {"ballots": {}, "room_votes": {}, "may": [], "person_id": None, "now": now}


def presence(session: Session, sitting_id: int) -> PresenceSnapshot:
    """How many are in the sitting now, of each category, and the first of them by name.

    Beside them how the sitting stands with its quorum, if it has one.

    Whoever comes in as one of thousands is counted, and told of it among what is theirs:
    a frame to all with the names of all would grow with the square of their number.
    """
    sitting = get_sitting(session, sitting_id)
    hall, here = Headcount(session, sitting), is_there(sitting_id)
    first = select(Attendance.person_id).where(here).order_by(Attendance.id).limit(MOST_NAMED)
    return {
        "count": hall.persons,
        "present": list(session.scalars(first)),
        "by_category": {category.value: count for category, count in hall.by_category.items()},
        "quorum": _quorum(standing_of(session, sitting, hall)),
    }


def _quorum(standing: Standing | None) -> StandingSnapshot | None:
    if standing is None:
        return None
    return {"needed": standing.needed, "there": standing.there, "met": standing.met}


def present_of(session: Session, sitting_id: int, persons: Collection[int]) -> set[int]:
    """Those of some persons who are in the sitting now."""
    query = select(Attendance.person_id).filter_by(sitting_id=sitting_id, left_at=None)
    return set(session.scalars(query.where(Attendance.person_id.in_(persons))))


def presence_frame(session: Session, sitting_id: int) -> PresencePart:
    """The presence with the names of those present, as it travels on its own."""
    present = presence(session, sitting_id)
    return {**present, "people": names_at(session, sitting_id, set(present["present"]))}


def turnout(session: Session, sitting_id: int) -> TurnoutSnapshot | None:
    """How many have voted in the open poll, of how many so far; None if none is open."""
    poll_id = session.scalar(
        select(Poll.id).where(Poll.sitting_id == sitting_id, Poll.state == PollState.OPEN)
    )
    return None if poll_id is None else turnout_of(session, poll_id)


def turnout_of(session: Session, poll_id: int) -> TurnoutSnapshot:
    """How many have voted in a poll, open or closed, and the electorate up to now."""
    return turnout_snapshot(session, session.get_one(Poll, poll_id))


def people_of(session: Session, sitting_id: int, entries: Iterable[Entry]) -> People:
    """The persons whom entries name, as the room calls them."""
    return names_at(session, sitting_id, _named_in(entries))


def entry_as_sent(entry: Entry) -> EntrySnapshot:
    """An entry of the sitting's stream as browsers receive it, texts included."""
    return {
        "number": entry.number,
        "kind": entry.kind,
        "at": _iso(entry.at),
        "data": to_data(entry.event),
    }


def _named_in(entries: Iterable[Entry]) -> set[int]:
    """The ids of persons in the fields that name one."""
    found = (getattr(entry.event, field, None) for entry in entries for field in _PERSON_FIELDS)
    return {person_id for person_id in found if person_id is not None}


def _hands(session: Session, sitting_id: int) -> list[Hand]:
    """Hands up and the one with the floor; ids grow in the order in which they were raised."""
    query = (
        select(Hand)
        .where(Hand.sitting_id == sitting_id)
        .where(Hand.state.in_([HandState.RAISED, HandState.SPEAKING]))
        .order_by(Hand.id)
    )
    return list(session.scalars(query))


def _sitting(sitting: Sitting, suspended: BreakSnapshot | None) -> SittingSnapshot:
    return {
        "id": sitting.id,
        "title": sitting.title,
        "place": sitting.place,
        "state": sitting.state,
        "starts_at": _iso(sitting.starts_at),
        "opened_at": _iso_or_none(sitting.opened_at),
        "closed_at": _iso_or_none(sitting.closed_at),
        "presided_by": sitting.presided_by,
        "video_url": sitting.video_url,
        "suspended": suspended,
    }


def _suspended(session: Session, sitting_id: int) -> BreakSnapshot | None:
    now = suspension_now(session, sitting_id)
    return None if now is None else {"since": _iso(now.suspended_at), "reason": now.reason}


def _point(point: AgendaPoint, materials: list[MaterialSnapshot]) -> PointSnapshot:
    return {
        "id": point.id,
        "rank": point.rank,
        "title": point.title,
        "minutes_planned": point.minutes_planned,
        "proposal_id": point.proposal_id,
        "materials": materials,
        "state": point.state,
        "started_at": _iso_or_none(point.started_at),
        "ended_at": _iso_or_none(point.ended_at),
        "spent": point.spent,
        "running_since": _iso_or_none(point.running_since),
    }


def _hand(hand: Hand) -> HandSnapshot:
    return {
        "id": hand.id,
        "person_id": hand.person_id,
        "category": hand.category,
        "hand_kind": hand.kind,
        "reply_to": hand.reply_to,
        "point_id": hand.point_id,
        "raised_at": _iso(hand.raised_at),
    }


def _floor(hands: list[Hand]) -> FloorSnapshot | None:
    for hand in hands:
        if hand.state is HandState.SPEAKING:
            return {
                "hand_id": hand.id,
                "person_id": hand.person_id,
                "category": hand.category,
                "hand_kind": hand.kind,
                "since": _iso_or_none(hand.floor_from),
                "seconds": hand.allotted,
            }
    return None


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _iso_or_none(moment: datetime | None) -> str | None:
    return None if moment is None else _iso(moment)
