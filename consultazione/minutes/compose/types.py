"""The view model of minutes: the one document that the page, the PDF and the JSON file show.

JSON values only. What was not asked for at a sitting (a quorum, an excuse) has no field, so
that the digest of older minutes stays what it was.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict

from consultazione.documents.editions import Edition


class Instant(TypedDict):
    """A moment: in UTC for machines; as day and time of an Italian calendar and clock."""

    at: str
    day: str
    time: str


class Length(TypedDict):
    """A length of time in whole seconds, and in words."""

    seconds: int
    text: str


class Reference(TypedDict):
    """A proposal that something is about."""

    id: int | None
    title: str


class TableName(TypedDict):
    """The table whose sitting it was."""

    id: int
    name: str


# `from` is no name in Python.
Interval = TypedDict("Interval", {"from": Instant, "to": Instant})
_Begun = TypedDict("_Begun", {"from": Instant})


class BreakRow(Interval):
    """An interval in which the sitting was suspended, and why."""

    reason: str
    entry: int


class Heading(TypedDict):
    """Which sitting it was."""

    sitting_id: int
    zone: str
    cycle: str
    table: TableName
    heading: str
    plan: str
    title: str
    place: str


class Convocation(TypedDict):
    """When the sitting was convened and for when, and the sentence that says so.

    notice: the number of the last notice in the register, 4/2026; none before there was one.
    """

    notice: NotRequired[str]
    at: Instant
    starts: Instant
    sentence: str


class Presiding(TypedDict):
    """The chair, and their role."""

    person: str
    role: str


class Writer(TypedDict):
    """Who wrote the minutes; since: from when, if somebody else had written before."""

    person: str
    since: NotRequired[Instant]


class Writing(TypedDict, total=False):
    """Who wrote the minutes, if somebody was named."""

    writers: list[Writer]


class Mode(TypedDict):
    """How many attended in the hall and how many over the net alone, and the sentence."""

    hall: int
    online: int
    sentence: str


class Course(TypedDict):
    """From when to when the sitting was held, and the sentences at its two ends."""

    opened: Instant
    closed: Instant
    duration: Length
    presiding: Presiding
    opening: str
    closing: str


class Verification(TypedDict):
    """A time at which the quorum was ascertained."""

    time: Instant
    entry: int
    sentence: str


class Verifications(TypedDict, total=False):
    """The times at which the quorum was ascertained, if it ever was."""

    quorum: list[Verification]


class Delegated(TypedDict, total=False):
    """On whose behalf a delegate came."""

    delegated_by: str


class CameAs(TypedDict, total=False):
    """In which office somebody came, how, and with which weight their organisation votes.

    Documents of before have none of them.
    """

    office: str
    how: str
    weight: int


class AttendanceRow(Delegated, CameAs):
    """A person who came, or (without a person) an organisation that did not."""

    mark: str
    person: str | None
    presides: bool
    organisation: str | None
    category: str
    category_name: str
    intervals: list[Interval]
    duration: Length


class MarkWord(TypedDict):
    """A mark of the register, and what it means."""

    mark: str
    word: str


class Register(TypedDict):
    """The register of attendance."""

    rows: list[AttendanceRow]
    persons: int
    absent: int
    excused: NotRequired[int]
    legend: list[MarkWord]


class ProxyRow(TypedDict):
    """A proxy: whose vote it is, who holds it, by which written act, why it ended."""

    person: str
    organisation: str | None
    holder: str
    act: str
    ended: NotRequired[str]


class QuestionRow(TypedDict):
    """A written question that was shown; `entry` is that of its answer."""

    id: int
    person: str
    organisation: str | None
    body: str
    upvotes: int
    answer: str | None
    entry: int | None


class SpokenOn(TypedDict, total=False):
    """What somebody spoke on, where it was not simply the point."""

    speaks_on: str


class SpeechRow(_Begun, SpokenOn):
    """A speech, from when and for how long. hand: by which the gist of it is found."""

    hand: NotRequired[int]

    person: str
    organisation: str | None
    category: str
    category_name: str
    duration: Length
    entry: int


class TallyLine(TypedDict):
    """How many ballots made a choice."""

    choice: str
    name: str
    ballots: int


class CategoryTally(TypedDict):
    """How a category voted."""

    category: str
    category_name: str
    tally: list[TallyLine]


class QuorumOfPoll(TypedDict, total=False):
    """How the sitting stood with its quorum, where it has one."""

    quorum: str
    quorum_met: bool


class NamedVoter(TypedDict):
    """Somebody who voted, or was there without voting, and for which organisation.

    by_proxy: who held their proxy, where they were not there themselves.
    """

    person: str
    organisation: str | None
    by_proxy: NotRequired[str]


class NamedVotes(TypedDict):
    """Who made a choice, in its notation and in words."""

    choice: str
    name: str
    voters: list[NamedVoter]


class NamesOfPoll(TypedDict, total=False):
    """Who voted what in an open poll, and who was there without voting."""

    by_name: list[NamedVotes]
    silent: list[NamedVoter]


class PollHead(QuorumOfPoll):
    """What was put to the vote, and by which rules."""

    id: int
    question: str
    opened: Instant
    entry: int
    kind: str
    options: list[str]
    rules: str


class Elector(TypedDict):
    """An organisation that was entitled to vote, and whether it was there and voted."""

    name: str
    did: str


class PollBase(TypedDict, total=False):
    """Electorate and base of a vote in a sentence, and the organisations where these voted.

    Documents of before have neither.
    """

    arithmetic: str
    electors: list[Elector]


class PollEnd(PollBase):
    """How a vote ended; that of a poll which was never closed has no numbers."""

    electorate: int | None
    entitled: int | None
    voters: int
    tally: list[TallyLine]
    room_tally: list[TallyLine]
    carried: bool | None
    result: str
    grounds: str


class SpecialPoll(TypedDict, total=False):
    """What not every poll is: one that only gathers opinions, one that was annulled."""

    consultative: bool
    annulled: bool


class PollRow(PollHead, PollEnd, NamesOfPoll, SpecialPoll):
    """A poll."""

    by_category: list[CategoryTally]


class StatementRow(TypedDict):
    """A statement for the record; where its words are left out, the reason."""

    kind: str
    person: str
    organisation: str | None
    category_name: str
    at: Instant
    poll: str | None
    body: str | None
    reason: str | None


class Statements(TypedDict, total=False):
    """The statements on a point, if there are any."""

    statements: list[StatementRow]


class OnPoint(Statements):
    """What was asked, said, voted and stated on a point, or on none of them."""

    questions: list[QuestionRow]
    speeches: list[SpeechRow]
    polls: list[PollRow]


class PointHead(TypedDict):
    """A point as the agenda has it."""

    id: int
    rank: int
    title: str
    minutes_planned: int | None
    proposal: Reference | None


class PointTime(TypedDict):
    """When a point was dealt with, and at which entry it began; all null if it was not."""

    started: Instant | None
    ended: Instant | None
    duration: Length | None
    entry: int | None


class QuorumOfPoint(TypedDict, total=False):
    """How the sitting last stood with its quorum when a point ended, where it has one."""

    quorum: str
    quorum_met: bool


class LeftTo(TypedDict, total=False):
    """Whether a point was left to a later sitting."""

    postponed: bool


class PointDocument(TypedDict):
    """A document beside a point."""

    id: int
    title: str
    file_name: str


class Documents(TypedDict, total=False):
    """The documents beside a point, if there are any."""

    documents: list[PointDocument]


class ApprovedHere(TypedDict, total=False):
    """The minutes of earlier sittings that the table approved at this point, in sentences."""

    approvals: list[str]


class PointRow(PointHead, PointTime, OnPoint, QuorumOfPoint, LeftTo, Documents, ApprovedHere):
    """A point of the agenda, and everything on it."""


class SpeakingRow(TypedDict):
    """How long a category spoke, and its share in hundredths."""

    category: str
    category_name: str
    duration: Length
    share: int


class SpeakingTime(TypedDict):
    """The time spoken, by category."""

    rows: list[SpeakingRow]
    total: Length


class Due(TypedDict):
    """Until when something is to be done: for machines, and in words."""

    on: str
    day: str


class CommitmentRow(TypedDict):
    """What is to be done, by whom and until when."""

    body: str
    owner: str
    due: Due
    point: str | None


class Commitments(TypedDict, total=False):
    """What was undertaken, if anything was."""

    commitments: list[CommitmentRow]


class Proxies(TypedDict, total=False):
    """The proxies of a sitting; left out where there were none."""

    proxies: list[ProxyRow]


class Party(TypedDict):
    """An organisation at a union table, on which side, and who came for it."""

    side: str
    organisation: str
    persons: list[str]


class Position(TypedDict):
    """What a union voted and declared, in sentences."""

    organisation: str
    said: list[str]


class Parties(TypedDict, total=False):
    """The premises of a union table, its parties and their positions; other tables have none."""

    premises: list[str]
    parties: list[Party]
    positions: list[Position]


class MinutesFacts(Proxies, Heading, Course, Verifications, Commitments, Writing, Parties):
    """The facts of a sitting's minutes, as they were composed from its entries.

    mode: how it was held; documents of before do not say so.
    """

    mode: NotRequired[Mode]

    format: str
    demo: bool
    convocation: Convocation
    attendance: Register
    breaks: list[BreakRow]
    agenda: list[PointRow]
    outside: OnPoint
    speaking: SpeakingTime


class NoteRow(TypedDict):
    """What the facilitator wrote beside a point, in markdown."""

    point_id: int
    body: str


class GistRow(TypedDict):
    """The gist of a speech, in plain text, and whose words it is in."""

    hand: int
    body: str
    words_of: str


class Gists(TypedDict, total=False):
    """The gists of the speeches, if any was written."""

    gists: list[GistRow]


class ChapterName(TypedDict):
    """A chapter of the plan."""

    number: int
    title: str


class Backed(TypedDict, total=False):
    """The vote and the quorum behind a conclusion, and what is amiss with them.

    held: left out of the outcome for it.
    """

    poll_id: int
    vote: str
    quorum: str
    warnings: list[str]
    held: bool


class ConclusionRow(Backed):
    """What the table concluded on a point, in markdown."""

    id: int
    rank: int
    point_id: int
    chapter: ChapterName
    proposal: Reference | None
    body: str


class Way(TypedDict, total=False):
    """In which way minutes were approved, if not by the chair."""

    how: str


class Approval(Instant, Way):
    """When minutes were approved, and by whom."""

    by: str


class RemarkRow(TypedDict):
    """What somebody who was there contested in the facts, and what was answered."""

    point: str | None
    by: str
    body: str
    answer: str


class RegisterNumber(TypedDict):
    """The number of minutes in the zone's register of documents, in its year."""

    number: int
    year: int


class Remarks(TypedDict, total=False):
    """The remarks on the facts and the number in the register, if there are any."""

    remarks: list[RemarkRow]
    register: RegisterNumber


class MinutesDocument(Gists, Remarks):
    """Minutes as they are shown, approved and sealed: what the digest covers.

    edition: from the second on, which it is and by which order.
    """

    minutes_id: int
    facts: MinutesFacts
    notes: list[NoteRow]
    conclusions: list[ConclusionRow]
    approved: Approval | None
    edition: NotRequired[Edition]
