"""What travels between browsers and the room: frames, answers to messages, all as JSON.

`docs/live-contract.json` is written from these types and from the schemas of the messages.
The fields of a message are those of its schema in the gateway's table.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from consultazione.sittings.chat.types import ChatPart
from consultazione.sittings.polls.types import TurnoutSnapshot
from consultazione.sittings.questions.types import OwnQuestions, QuestionsPart
from consultazione.sittings.record.types import OwnRecord, RecordPart
from consultazione.sittings.room.types import (
    EntryHead,
    EntrySnapshot,
    PresencePart,
    PresenceSnapshot,
    RoomMine,
    RoomSnapshot,
)
from consultazione.sittings.types import People


class EntriesFrame(TypedDict):
    """New entries of a sitting, in order, and the names of those they speak of."""

    stream: str
    entries: list[EntrySnapshot]
    people: People


class FollowedFrame(TypedDict):
    """New entries of another stream; what they are about, readers ask for themselves."""

    stream: str
    entries: list[EntryHead]


class HeadFrame(TypedDict):
    """The number of a stream's last entry, sent every few seconds."""

    stream: str
    number: int


class PresenceFrame(PresencePart):
    """Who is present in a sitting now."""

    sitting: int


class TurnoutFrame(TurnoutSnapshot):
    """How many have voted in a poll of a sitting so far."""

    sitting: int


class QuestionsFrame(QuestionsPart):
    """The written questions of a sitting."""

    sitting: int


class UpvotesFrame(TypedDict):
    """How many would like each question to be answered, by its id as text."""

    sitting: int
    upvotes: dict[str, int]


class RecordFrame(RecordPart):
    """What is on the record of a sitting."""

    sitting: int


class ChatFrame(ChatPart):
    """What was written, hidden or shown in the chat of a sitting, for those who read it."""

    sitting: int


class ApplauseFrame(TypedDict):
    """How much applause a speech has got so far, or a point; one of the two is null."""

    sitting: int
    hand_id: int | None
    point_id: int | None
    count: int


class ElsewhereFrame(TypedDict):
    """What a person did in another of their windows, whose connection is `by`."""

    sitting: int
    what: Literal["left", "taken_over"]
    by: str


class ProgressFrame(TypedDict):
    """How far a job has come that readers of a stream wait for: a step of so many, in words."""

    stream: str
    step: int
    of: int
    label: str


class ResumeFrame(TypedDict):
    """The browser may have missed something, and asks for it."""


class Done(TypedDict):
    """It was done, and there is no more to say."""


class Entered(TypedDict):
    """The whole room, and what it shows to the sender alone."""

    snapshot: RoomSnapshot
    mine: RoomMine


class CaughtUp(TypedDict):
    """What happened in the room since the number that the browser knew."""

    number: int
    entries: list[EntrySnapshot]
    people: People
    presence: PresenceSnapshot
    questions: QuestionsPart
    record: RecordPart
    turnout: TurnoutSnapshot | None
    mine: RoomMine


class Following(TypedDict):
    """What happened in a stream since a number, and the number of its last entry."""

    number: int
    entries: list[EntryHead]


class QuestionsAnswer(TypedDict):
    """The sender's own questions."""

    questions: OwnQuestions


class RecordAnswer(TypedDict):
    """The sender's own part of the record."""

    record: OwnRecord


class ChatAnswer(TypedDict):
    """The newest messages of the chat; hidden ones with their text for who moderates."""

    chat: ChatPart


class ApplauseAnswer(TypedDict):
    """How often the sender may applaud yet, this speech or this point."""

    left: int


class NoteAnswer(TypedDict):
    """The version from which a running note is written on."""

    version: int


class RoomVotesAnswer(TypedDict):
    """All votes that were counted in the room, by choice; and which wait for a second person."""

    room_votes: dict[str, int]
    room_votes_waiting: list[str]


class ReceiptAnswer(TypedDict):
    """The sender's receipt in a secret poll."""

    receipt: str


class Refused(TypedDict):
    """Nothing was done: a word for programs, a sentence to show, what is wrong by field.

    retry_after: seconds after which the browser may try again.
    """

    ok: Literal[False]
    error: str
    detail: str
    fields: dict[str, list[str]]
    retry_after: NotRequired[int]


FRAMES: dict[str, tuple[type, ...]] = {
    "entries": (EntriesFrame, FollowedFrame),
    "head": (HeadFrame,),
    "presence": (PresenceFrame,),
    "turnout": (TurnoutFrame,),
    "questions": (QuestionsFrame,),
    "upvotes": (UpvotesFrame,),
    "record": (RecordFrame,),
    "chat": (ChatFrame,),
    "applause": (ApplauseFrame,),
    "elsewhere": (ElsewhereFrame,),
    "progress": (ProgressFrame,),
    "resume": (ResumeFrame,),
}
# What `ok: true` comes with; to a message that is not named here, nothing.
ANSWERS: dict[str, tuple[type, ...]] = {
    "enter": (Entered, CaughtUp),
    "watch": (Entered, CaughtUp),
    "follow": (Following,),
    "questions.mine": (QuestionsAnswer,),
    "record.mine": (RecordAnswer,),
    "chat.read": (ChatAnswer,),
    "applause.give": (ApplauseAnswer,),
    "note.write": (NoteAnswer,),
    "poll.count_room": (RoomVotesAnswer,),
    "ballot.receipt": (ReceiptAnswer,),
}
