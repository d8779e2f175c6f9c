"""What rooms are told about new entries: one frame a stream, snapshots for crowds.

A sitting's room gets its entries whole, with the names of those they speak of. Arrivals
and ballots, which come by the thousand, reach it as snapshots. Who follows any other
stream learns only that something happened, and asks for what they may see.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core import log
from consultazione.core.events import Event
from consultazione.core.log import EPHEMERAL_FROM
from consultazione.live.contract import (
    EntriesFrame,
    FollowedFrame,
    HeadFrame,
    PresenceFrame,
    QuestionsFrame,
    RecordFrame,
    TurnoutFrame,
    UpvotesFrame,
)
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.models import Sitting, SittingState
from consultazione.sittings.polls.events import PollOpened
from consultazione.sittings.polls.models import Poll, PollState
from consultazione.sittings.questions.events import (
    QuestionAnswered,
    QuestionUpvoted,
    UpvoteWithdrawn,
)
from consultazione.sittings.questions.queries import questions_frame, upvotes_of
from consultazione.sittings.quorums.events import QuorumSet
from consultazione.sittings.record.events import RunningNoteRemoved, RunningNoteWritten
from consultazione.sittings.record.snapshot import record_frame
from consultazione.sittings.room import snapshot
from consultazione.sittings.room.types import EntryHead
from consultazione.tables.events import SeatTaken

# The families of streams that can be followed from outside of a sitting: they speak of no
# single person.
FOLLOWED = ("table", "minutes", "outcome", "plan")
# The part of the room that the entries of a family of streams change, and those of some kinds:
# what who presides notes is nobody else's until the minutes.
_BY_FAMILY = {
    "attendance": "presence", "poll": "turnout", "questions": "questions", "notes": "records",
}  # fmt: skip
_BY_EVENT: dict[type[Event], str | None] = {
    QuestionUpvoted: "upvotes",
    UpvoteWithdrawn: "upvotes",
    QuestionAnswered: "questions",
    QuorumSet: "presence",
    RunningNoteWritten: None,
    RunningNoteRemoved: None,
}
_SENT = frozenset({"sitting", *FOLLOWED})


@dataclass(frozen=True)
class Frame:
    """One message to one room."""

    room: str
    event: str
    payload: Mapping[str, object]


@dataclass
class PendingSnapshots:
    """The sittings of which presence, turnout, questions or record have changed untold so far."""

    presence: set[int] = field(default_factory=set)
    turnout: set[int] = field(default_factory=set)
    questions: set[int] = field(default_factory=set)
    upvotes: set[int] = field(default_factory=set)
    records: set[int] = field(default_factory=set)
    # Tables with a new seat: a quorum in seats asks for more of their sittings.
    tables: set[int] = field(default_factory=set)

    def __bool__(self) -> bool:
        return any(vars(self).values())

    def note(self, entries: Iterable[log.Entry]) -> None:
        """Note what the entries of attendance and ballots change."""
        for entry in entries:
            family, number = log.parse_stream(entry.stream)
            part = _BY_EVENT.get(type(entry.event), _BY_FAMILY.get(family))
            if isinstance(entry.event, PollOpened):
                self.turnout.add(entry.event.poll_id)
            elif isinstance(entry.event, SeatTaken):
                self.tables.add(entry.event.table_id)
            elif part is not None:
                getattr(self, part).add(number)

    def frames(self, session: Session) -> list[Frame]:
        """The snapshots that are due, until `clear` says that they were told.

        An arrival also adds to the electorate of a poll that is open.
        """
        self.presence.update(sittings_at(session, self.tables))
        self._leave_out_forgotten(session)
        self.turnout.update(open_polls(session, self.presence))
        due = [_presence(session, sitting_id) for sitting_id in sorted(self.presence)]
        due += [_turnout(session, poll_id) for poll_id in sorted(self.turnout)]
        due += [_questions(session, sitting_id) for sitting_id in sorted(self.questions)]
        due += [_upvotes(session, one) for one in sorted(self.upvotes - self.questions)]
        due += [_record(session, one) for one in sorted(self.records)]
        return due

    def note_missed(self, sitting_ids: Iterable[int]) -> None:
        """Note that of some sittings any snapshot may be untold."""
        for changed in (self.presence, self.questions, self.records):
            changed.update(sitting_ids)

    def clear(self) -> None:
        """All that was due has been told."""
        for changed in self._all():
            changed.clear()

    def _leave_out_forgotten(self, session: Session) -> None:
        """A rehearsal may have been ended since; so may its polls."""
        rehearsed = {number for noted in self._all() for number in noted if is_of_rehearsal(number)}
        if rehearsed:
            known = set(session.scalars(select(Sitting.id).where(Sitting.id.in_(rehearsed))))
            known |= set(session.scalars(select(Poll.id).where(Poll.id.in_(rehearsed))))
            for noted in self._all():
                noted -= rehearsed - known

    def _all(self) -> list[set[int]]:
        return [getattr(self, kind.name) for kind in fields(self)]


def entry_frames(session: Session, entries: Sequence[log.Entry]) -> list[Frame]:
    """One frame for each stream that somebody can follow and that has new entries, in order."""
    followed = [e for e in entries if log.parse_stream(e.stream)[0] in _SENT]
    ordered = sorted(followed, key=lambda e: (e.stream, e.number))
    return [
        Frame(stream, "entries", _entries_payload(session, stream, list(group)))
        for stream, group in groupby(ordered, key=lambda e: e.stream)
    ]


def head_frames(session: Session, sitting_ids: Iterable[int]) -> list[Frame]:
    """The beat of open sittings: a browser that has missed the last entry sees it here."""
    numbers = {
        stream: log.head(session, stream)
        for stream in (sitting_stream(sitting_id) for sitting_id in sitting_ids)
    }
    heads: list[HeadFrame] = [
        {"stream": stream, "number": number} for stream, number in numbers.items()
    ]
    return [Frame(head["stream"], "head", head) for head in heads]


def over_frame(rehearsal: int) -> Frame:
    """To the room of a rehearsal that was ended: whoever asks for it anew hears that it is gone."""
    return Frame(sitting_stream(rehearsal), "resume", {})


def is_of_rehearsal(number: int) -> bool:
    """True for the number of a rehearsal, or of a poll of one."""
    return number >= EPHEMERAL_FROM


def open_sittings(session: Session) -> list[int]:
    """The sittings that are open now."""
    return list(session.scalars(select(Sitting.id).where(Sitting.state == SittingState.OPEN)))


def sittings_at(session: Session, table_ids: Iterable[int]) -> list[int]:
    """The sittings of some tables that are not over."""
    query = select(Sitting.id).where(Sitting.table_id.in_(table_ids))
    return list(session.scalars(query.where(Sitting.state != SittingState.CLOSED)))


def open_polls(session: Session, sitting_ids: Iterable[int]) -> list[int]:
    """The polls that are open now in some sittings."""
    query = select(Poll.id).where(Poll.state == PollState.OPEN, Poll.sitting_id.in_(sitting_ids))
    return list(session.scalars(query))


def _entries_payload(
    session: Session, stream: str, entries: list[log.Entry]
) -> EntriesFrame | FollowedFrame:
    family, number = log.parse_stream(stream)
    if family != "sitting":
        return {"stream": stream, "entries": [entry_head(entry) for entry in entries]}
    return {
        "stream": stream,
        "entries": [snapshot.entry_as_sent(entry) for entry in entries],
        "people": snapshot.people_of(session, number, entries),
    }


def entry_head(entry: log.Entry) -> EntryHead:
    """An entry as those get it who may not hear what it was about."""
    sent = snapshot.entry_as_sent(entry)
    return {"number": sent["number"], "kind": sent["kind"], "at": sent["at"]}


def _presence(session: Session, sitting_id: int) -> Frame:
    payload: PresenceFrame = {
        "sitting": sitting_id,
        **snapshot.presence_frame(session, sitting_id),
    }
    return Frame(sitting_stream(sitting_id), "presence", payload)


def _questions(session: Session, sitting_id: int) -> Frame:
    payload: QuestionsFrame = {"sitting": sitting_id, **questions_frame(session, sitting_id)}
    return Frame(sitting_stream(sitting_id), "questions", payload)


def _upvotes(session: Session, sitting_id: int) -> Frame:
    payload: UpvotesFrame = {
        "sitting": sitting_id,
        "upvotes": upvotes_of(session, sitting_id),
    }
    return Frame(sitting_stream(sitting_id), "upvotes", payload)


def _record(session: Session, sitting_id: int) -> Frame:
    payload: RecordFrame = {"sitting": sitting_id, **record_frame(session, sitting_id)}
    return Frame(sitting_stream(sitting_id), "record", payload)


def _turnout(session: Session, poll_id: int) -> Frame:
    sitting_id = session.scalars(select(Poll.sitting_id).where(Poll.id == poll_id)).one()
    payload: TurnoutFrame = {"sitting": sitting_id, **snapshot.turnout_of(session, poll_id)}
    return Frame(sitting_stream(sitting_id), "turnout", payload)
