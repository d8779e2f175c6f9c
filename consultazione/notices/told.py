"""What a notice says, and the shape of whatever composes it: a topic or a reminder.

A notice is composed when it is written down, shown or mailed, each time by the same function and
for the same reader. So what is hidden, withdrawn, secret or a draft is told to nobody who could
not read it on its page at that moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from sqlalchemy import Select
from sqlalchemy.orm import Session

from consultazione.core.actor import Actor
from consultazione.core.errors import Sentence
from consultazione.core.events import Event
from consultazione.core.log import Entry
from consultazione.notices.models import Group


@dataclass(frozen=True)
class Answerable:
    """What a notice can be answered with by mail: a comment on a proposal, or a reply to one."""

    proposal_id: int
    comment_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Told:
    """What one reader is told. title: what it is about, as its page is called. sentence: what
    happened. path: where to read it. about: groups what is about the same. quote: words of it.
    place: the table or the zone. table_id: the table whose settings count. answerable: what an
    answer to its mail becomes; None if it cannot be answered.
    """

    title: str
    sentence: Sentence
    path: str
    about: str
    place: str
    table_id: int | None = None
    quote: str = ""
    answerable: Answerable | None = None


class Topic(Protocol):
    """Tells of some kinds of entry to those whom they concern."""

    @property
    def name(self) -> str:
        """As rows have it, for ever."""

    @property
    def group(self) -> Group:
        """As people choose how they are told."""

    @property
    def events(self) -> Sequence[type[Event]]:
        """The kinds of entry that it tells of."""

    def audience(self, session: Session, entry: Entry) -> Select[int]:
        """Select the ids of the persons whom an entry concerns, whether or not they may read it."""

    def told(self, session: Session, entry: Entry, reader: Actor) -> Told | None:
        """What a reader is told of an entry now; None if its page would not show it to them."""


@dataclass(frozen=True)
class Due:
    """Something that a person is to be reminded of. due_on: the day, of which once."""

    person_id: int
    subject_id: int
    due_on: date
    table_id: int | None = None


class Reminder(Protocol):
    """Reminds of what follows from the state, once for each person, subject and day."""

    @property
    def name(self) -> str:
        """As rows have it, for ever."""

    @property
    def group(self) -> Group:
        """As people choose how they are told."""

    def due(self, session: Session, today: date) -> Sequence[Due]:
        """What people are to be reminded of today."""

    def reminded(
        self, session: Session, subject_id: int, due_on: date, reader: Actor
    ) -> Told | None:
        """What a reader is reminded of; None if it does not hold any more, or is not for them."""
