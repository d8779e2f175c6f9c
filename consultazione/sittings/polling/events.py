"""Events of polls beside their opening and their closing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.people.models import Category


@dataclass(frozen=True, kw_only=True)
class OptionOffered(Event):
    """An option of a poll has been offered to those who vote."""

    kind: ClassVar[str] = "poll.option_offered"

    poll_id: int
    rank: int
    label: FreeText


@dataclass(frozen=True, kw_only=True)
class BallotSealed(Event):
    """A voter has put a sealed ballot into the box of a secret poll, or replaced it."""

    kind: ClassVar[str] = "ballot.sealed"

    poll_id: int
    person_id: int
    mandate_id: int | None
    category: Category


@dataclass(frozen=True, kw_only=True)
class RoomVotesCounted(Event):
    """The votes that were counted in the room for one choice have been entered."""

    kind: ClassVar[str] = "room_votes.counted"

    poll_id: int
    choice: str
    votes: int


@dataclass(frozen=True, kw_only=True)
class BoxOpened(Event):
    """The box of a secret poll was opened: the digests of its receipts, in their order."""

    kind: ClassVar[str] = "poll.box_opened"

    poll_id: int
    receipts: list[str]
