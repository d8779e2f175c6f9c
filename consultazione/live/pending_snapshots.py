"""Which snapshots rooms are still to be told: presence, turnout, questions, record.

Arrivals and ballots come by the thousand; they are noted here and reach rooms as snapshots of
what they have changed, a few times a second.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core import log
from consultazione.core.events import Event
from consultazione.live.contract import (
    PresenceFrame,
    QuestionsFrame,
    RecordFrame,
    TurnoutFrame,
    UpvotesFrame,
)
from consultazione.live.fanout import Frame
from consultazione.live.frames import is_of_rehearsal
from consultazione.people.events import MandateEnded, PersonIdentified
from consultazione.people.models import Mandate
from consultazione.sittings.events import SittingOpened, sitting_stream
from consultazione.sittings.floor.events import HandRaised
from consultazione.sittings.models import OVER, Attendance, Sitting
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
from consultazione.tables.events import (
    AccreditationEnded,
    PersonAccredited,
    SeatGivenBack,
    SeatTaken,
    TableRuleChanged,
)

# The part of the room that the entries of a family of streams change, and those of some kinds;
# None for the running notes, which only the chair sees until the minutes.
_BY_FAMILY = {
    "attendance": "presence", "poll": "turnout", "questions": "questions", "notes": "records",
}  # fmt: skip
_BY_EVENT: dict[type[Event], str | None] = {
    QuestionUpvoted: "upvotes",
    UpvoteWithdrawn: "upvotes",
    QuestionAnswered: "questions",
    QuorumSet: "presence",
    HandRaised: "presence",  # who asks for the floor is named from then on
    SittingOpened: "presence",  # and so is the chair
    RunningNoteWritten: None,
    RunningNoteRemoved: None,
}
# What changes who counts at a table, in the quorum and in the turnout of its sittings.
_OF_TABLE = SeatTaken | SeatGivenBack | TableRuleChanged | PersonAccredited | AccreditationEnded


@dataclass
class PendingSnapshots:
    """The sittings (for turnout: the polls) of which a part has changed since rooms were told."""

    presence: set[int] = field(default_factory=set)
    turnout: set[int] = field(default_factory=set)
    questions: set[int] = field(default_factory=set)
    upvotes: set[int] = field(default_factory=set)
    records: set[int] = field(default_factory=set)
    # Tables at which other people count than before, people of whom more is known, and mandates
    # by which nobody counts any more.
    tables: set[int] = field(default_factory=set)
    persons: set[int] = field(default_factory=set)
    mandates: set[int] = field(default_factory=set)

    def __bool__(self) -> bool:
        return any(vars(self).values())

    def note(self, entries: Iterable[log.Entry]) -> None:
        """Note which parts of rooms some entries change."""
        for entry in entries:
            family, number = log.parse_stream(entry.stream)
            part = _BY_EVENT.get(type(entry.event), _BY_FAMILY.get(family))
            if isinstance(entry.event, PollOpened):
                self.turnout.add(entry.event.poll_id)
            elif isinstance(entry.event, _OF_TABLE):
                self.tables.add(entry.event.table_id)
            elif isinstance(entry.event, PersonIdentified):
                self.persons.add(entry.event.person_id)
            elif isinstance(entry.event, MandateEnded):
                self.mandates.add(entry.event.mandate_id)
            elif part is not None:
                getattr(self, part).add(number)

    def frames(self, session: Session) -> list[Frame]:
        """The snapshots that are due; they stay due until `clear` says that they were told.

        An arrival also adds to the electorate of a poll that is open.
        """
        self.presence.update(_sittings_at(session, self.tables))
        self.presence.update(_sittings_with(session, self._persons(session)))
        self._leave_out_forgotten(session)
        self.turnout.update(_open_polls(session, self.presence))
        due = [_presence(session, sitting_id) for sitting_id in sorted(self.presence)]
        due += [_turnout(session, poll_id) for poll_id in sorted(self.turnout)]
        due += [_questions(session, sitting_id) for sitting_id in sorted(self.questions)]
        due += [
            _upvotes(session, sitting_id) for sitting_id in sorted(self.upvotes - self.questions)
        ]
        due += [_record(session, sitting_id) for sitting_id in sorted(self.records)]
        return due

    def note_missed(self, sitting_ids: Iterable[int]) -> None:
        """Note that any snapshot of some sittings may not have been told."""
        for changed in (self.presence, self.questions, self.records):
            changed.update(sitting_ids)

    def clear(self) -> None:
        """Note that all that was due has been told."""
        for changed in self._all():
            changed.clear()

    def _persons(self, session: Session) -> set[int]:
        """The people who may count otherwise than before."""
        speakers = select(Mandate.person_id).where(Mandate.id.in_(self.mandates))
        return self.persons.union(session.scalars(speakers) if self.mandates else ())

    def _leave_out_forgotten(self, session: Session) -> None:
        """Drop rehearsals, and polls of them, that were ended meanwhile."""
        rehearsed = {number for noted in self._all() for number in noted if is_of_rehearsal(number)}
        if rehearsed:
            known = set(session.scalars(select(Sitting.id).where(Sitting.id.in_(rehearsed))))
            known |= set(session.scalars(select(Poll.id).where(Poll.id.in_(rehearsed))))
            for noted in self._all():
                noted -= rehearsed - known

    def _all(self) -> list[set[int]]:
        return [getattr(self, kind.name) for kind in fields(self)]


def _sittings_at(session: Session, table_ids: Iterable[int]) -> list[int]:
    """The sittings of some tables that are not over."""
    query = select(Sitting.id).where(Sitting.table_id.in_(table_ids))
    return list(session.scalars(query.where(Sitting.state.not_in(OVER))))


def _sittings_with(session: Session, person_ids: Iterable[int]) -> list[int]:
    """The sittings that are not over in which some persons are now."""
    query = (
        select(Attendance.sitting_id)
        .join(Sitting, Sitting.id == Attendance.sitting_id)
        .where(Sitting.state.not_in(OVER), Attendance.left_at.is_(None))
        .where(Attendance.person_id.in_(person_ids))
        .distinct()
    )
    return list(session.scalars(query))


def _open_polls(session: Session, sitting_ids: Iterable[int]) -> list[int]:
    """The polls that are open now in some sittings."""
    query = select(Poll.id).where(Poll.state == PollState.OPEN, Poll.sitting_id.in_(sitting_ids))
    return list(session.scalars(query))


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
