"""Notices as a reader may read them now: the one rule of visibility, for page, mail and program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from consultazione.core import log
from consultazione.core.actor import Actor
from consultazione.core.errors import NotFound
from consultazione.core.log import Entry
from consultazione.notices import reminders, topics
from consultazione.notices.models import Notice
from consultazione.notices.told import Reminder, Told, Topic


@dataclass(frozen=True)
class Shown:
    """A notice with what it says; without, if its reader may not read it, or not any more."""

    notice: Notice
    told: Told | None


def told_of(session: Session, topic: Topic, entry: Entry, reader: Actor) -> Told | None:
    """What a topic tells a reader of an entry; None if they may not read it now.

    What is not there any more is told to nobody.
    """
    return _if_there(lambda: topic.told(session, entry, reader))


def reminded_of(
    session: Session, reminder: Reminder, subject_id: int, due_on: date, reader: Actor
) -> Told | None:
    """What a reader is reminded of; None if it does not hold now, or they may not read it."""
    return _if_there(lambda: reminder.reminded(session, subject_id, due_on, reader))


def shown_to(session: Session, reader: Actor, notices: Sequence[Notice]) -> list[Shown]:
    """Notices of a reader, each with what it says to them now, in the order given."""
    return shown_of(session, entries_of(session, notices), reader, notices)


def entries_of(session: Session, notices: Iterable[Notice]) -> dict[int, Entry]:
    """The entries of the log that notices tell of, by position."""
    positions = {one.position for one in notices if one.position is not None}
    return {entry.position: entry for entry in log.read_entries(session, positions)}


def shown_of(
    session: Session, entries: Mapping[int, Entry], reader: Actor, notices: Sequence[Notice]
) -> list[Shown]:
    """The same as `shown_to`, of entries that were read for many readers."""
    return [Shown(one, _told(session, reader, one, entries)) for one in notices]


def _told(
    session: Session, reader: Actor, notice: Notice, entries: Mapping[int, Entry]
) -> Told | None:
    if notice.position is not None:
        topic, entry = topics.BY_NAME.get(notice.topic), entries.get(notice.position)
        return told_of(session, topic, entry, reader) if topic and entry else None
    reminder, due_on = reminders.BY_NAME.get(notice.topic), notice.due_on
    if reminder is None or notice.subject_id is None or due_on is None:
        return None
    return reminded_of(session, reminder, notice.subject_id, due_on, reader)


def _if_there(tell: Callable[[], Told | None]) -> Told | None:
    try:
        return tell()
    except (NotFound, NoResultFound):
        return None
