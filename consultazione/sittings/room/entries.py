"""The entries of a sitting as everybody reads them: the newest, or page by page of numbers.

A room and a page hold PAGE entries at most, however long the sitting is. Pages are cut at fixed
numbers (1 to 200, 201 to 400, ...), so an entry stands on the same page for ever, and its number
says on which.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core import clock, log
from consultazione.core.events import to_data
from consultazione.core.log import Entry
from consultazione.core.personal_data import PERSON_IDS
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.floor.models import Hand
from consultazione.sittings.polls.events import PollAnnulled, PollClosed
from consultazione.sittings.polls.open_votes.told import votes_told
from consultazione.sittings.polls.snapshot import poll_snapshots
from consultazione.sittings.polls.types import VotesByName
from consultazione.sittings.queries import get_sitting, names_at
from consultazione.sittings.room.rows import point_row, sitting_row
from consultazione.sittings.room.types import EntrySnapshot, ToldRoom

# How many entries a room holds, and a page of the chronicle; static/sittings/state.js keeps as
# many.
PAGE = 200


@dataclass(frozen=True)
class PageOfNumbers:
    """A page of a chronicle: its first and last number, and the number of the last entry of all."""

    first: int
    last: int
    head: int

    @property
    def earlier(self) -> int | None:
        """A number on the page before; None on the first page."""
        return self.first - 1 or None

    @property
    def later(self) -> int | None:
        """A number on the page after; None on the page that holds the newest entry."""
        return self.last + 1 if self.last < self.head else None


def page_with(number: int | None, head: int) -> PageOfNumbers:
    """Return the page that holds an entry; the last page for None or a number beyond the end.

    head: the number of the last entry, 0 if there is none.
    """
    there = max(head, 1) if number is None or number > head else number
    first = (there - 1) // PAGE * PAGE + 1
    return PageOfNumbers(first, first + PAGE - 1, head)


def entries_on(session: Session, sitting_id: int, page: PageOfNumbers) -> list[Entry]:
    """Return the entries on a page, in order."""
    stream = sitting_stream(sitting_id)
    return log.read_stream(session, stream, after=page.first - 1, limit=PAGE)


def told_room(session: Session, sitting_id: int, entries: Sequence[Entry]) -> ToldRoom:
    """Return what the sentences of some entries of a sitting are made of, and nothing more.

    The number of statements does not depend on the sitting's length, nor do the rows that are
    read. NotFound if there is no such sitting.
    """
    sitting = get_sitting(session, sitting_id)
    ended = {e.event.poll_id for e in entries if isinstance(e.event, PollClosed | PollAnnulled)}
    sent = as_sent(session, entries)
    return {
        "sitting": sitting_row(sitting, None, None),
        "agenda": [point_row(point, []) for point in sitting.agenda],
        "polls": poll_snapshots(session, sitting_id, only=ended),
        "people": names_at(session, sitting_id, named_in(entries, sent)),
        "chronicle": sent,
    }


def as_sent(session: Session, entries: Sequence[Entry]) -> list[EntrySnapshot]:
    """Return entries as browsers receive them, free texts included.

    Those about a hand that was raised earlier say whose it is: who reads them may not have the
    entry in which it was raised. The end of an open poll says who voted what.
    """
    raisers = _raisers(session, entries)
    closed = {
        entry.event.poll_id: entry.at for entry in entries if isinstance(entry.event, PollClosed)
    }
    votes = votes_told(session, closed) if closed else {}
    return [_with_votes(_as_sent(entry, raisers), votes) for entry in entries]


def named_in(entries: Iterable[Entry], sent: Iterable[EntrySnapshot]) -> set[int]:
    """Return the ids of the persons in the events of entries, and of those whose hand it is."""
    person_ids = {getattr(entry.event, field, None) for entry in entries for field in PERSON_IDS}
    person_ids |= {row.get("person_id") for row in sent}
    return {person_id for person_id in person_ids if person_id is not None}


def _as_sent(entry: Entry, raisers: dict[int, int]) -> EntrySnapshot:
    sent: EntrySnapshot = {
        "number": entry.number,
        "kind": entry.kind,
        "at": clock.as_json(entry.at),
        "data": to_data(entry.event),
    }
    if (raiser := raisers.get(_hand_of(entry))) is not None:
        sent["person_id"] = raiser
    return sent


def _with_votes(sent: EntrySnapshot, votes: Mapping[int, VotesByName | None]) -> EntrySnapshot:
    if sent["kind"] != PollClosed.kind or (poll_id := _poll_of(sent)) not in votes:
        return sent
    return {**sent, "votes": votes[poll_id]}


def _poll_of(sent: EntrySnapshot) -> int:
    poll_id = sent["data"]["poll_id"]
    return poll_id if isinstance(poll_id, int) else 0


def _raisers(session: Session, entries: Iterable[Entry]) -> dict[int, int]:
    """Whose the hands in some entries are, by hand id, where the entry itself does not say it."""
    hands = {_hand_of(entry) for entry in entries} - {0}
    if not hands:
        return {}
    query = select(Hand.id, Hand.person_id).where(Hand.id.in_(hands))
    return dict(iter(session.execute(query)))


def _hand_of(entry: Entry) -> int:
    """The hand that an entry is about but does not name the person of; 0 for none."""
    return 0 if hasattr(entry.event, "person_id") else getattr(entry.event, "hand_id", 0)
