"""The items of a checked file, as its schema (`importing/schema.py`) loads them."""

from __future__ import annotations

from datetime import date, time
from typing import TypedDict

from consultazione.comments.models import Position
from consultazione.core.actor import Role
from consultazione.outcomes.models import Answer
from consultazione.people.models import Category
from consultazione.plan.models import ContributionState
from consultazione.zones.acts.models import SignatoryKind
from consultazione.zones.gatherings.models import GatheringKind
from consultazione.zones.models import ActKind, PhaseKind


class PhaseItem(TypedDict):
    """A phase's first and last day, and the reference of the act that closed it.

    due_in_days: so many days from today contributions end, if they do.
    """

    kind: PhaseKind
    starts_on: date | None
    closed_on: date | None
    closing_act: str | None
    due_in_days: int | None


class ApprovalItem(TypedDict):
    """A step by which an act was approved."""

    body: str
    session_day: date
    reference: str | None
    demo: bool


class SignatoriesItem(TypedDict):
    """Bodies that sign an agreement alike; signed_on: the day on which they did."""

    kind: SignatoryKind
    names: list[str]
    signed_on: date | None
    demo: bool


class ActItem(TypedDict):
    """A formal act with its approval and its signatories."""

    id: str
    kind: ActKind
    title: str
    number: str | None
    on_day: date
    body: str
    source: str
    url: str | None
    approvals: list[ApprovalItem]
    signatories: list[SignatoriesItem]
    demo: bool


class GatheringItem(TypedDict):
    """A conference, a seminar or an assembly: on a day, or so many days from today."""

    kind: GatheringKind
    title: str
    description: str
    on_day: date | None
    days_from_now: int | None
    at: time
    place: str
    url: str | None
    demo: bool


class OrganisationItem(TypedDict):
    """An organisation of the register; seats: references of tables of the file."""

    id: str
    name: str
    category: Category
    seats: list[str]


class MandateItem(TypedDict):
    """A person's mandate for an organisation of the file."""

    organisation: str
    act: str
    starts_on: date
    ends_on: date | None


class RoleItem(TypedDict):
    """A person's role, at a table of the file or in the whole zone."""

    role: Role
    table: str | None


class AccountItem(TypedDict):
    """An account with its first password."""

    email: str
    display_name: str
    password: str


class PersonItem(AccountItem):
    """An account, with mandates and roles."""

    identified: bool
    mandates: list[MandateItem]
    roles: list[RoleItem]


class MaterialItem(TypedDict):
    """A document of a table."""

    table: str
    title: str
    file_name: str
    text: str


class CommentItem(TypedDict):
    """A comment, by its author's e-mail address."""

    author: str
    position: Position
    body: str


class ProposalItem(TypedDict):
    """A proposal with its comments and supports; persons by e-mail address."""

    table: str
    author: str
    title: str
    body: str
    days_ago: int | None
    day: date | None
    admitted: bool
    comments: list[CommentItem]
    supports: list[str]


class _Point(TypedDict):
    title: str
    proposal: int | None


class PointItem(_Point):
    """A point of an agenda, with the proposal it is about, by its place in the file."""

    minutes: int | None


class SittingItem(TypedDict):
    """A coming sitting."""

    table: str
    title: str
    place: str
    days_from_now: int
    at: time
    agenda: list[PointItem]


class SpeakerItem(TypedDict):
    """A speech on a point: who spoke, for how many minutes."""

    who: str
    minutes: int


class PollItem(TypedDict):
    """A poll on a point: each voter's choice by e-mail address."""

    question: str
    ballots: dict[str, str]


class PastPointItem(_Point):
    """A point of a past sitting; what_if: the id in the file of the what-if beside it."""

    minutes: int
    what_if: str | None
    speakers: list[SpeakerItem]
    poll: PollItem | None


class NoteItem(TypedDict):
    """The note of the minutes on a point, by the point's number."""

    point: int
    body: str


class PlanAnswerItem(TypedDict):
    """The plan office's answer to a conclusion; body: the paragraph, if it is taken in."""

    answer: ContributionState
    reason: str
    body: str


class ConclusionItem(TypedDict):
    """A conclusion on a point for a chapter, both by number; a proposal by its place."""

    point: int
    chapter: int
    proposal: int | None
    body: str
    plan: PlanAnswerItem | None


class ItemAnswerItem(TypedDict):
    """An answer to one conclusion, by its number, where it is not the answer to the rest."""

    conclusion: int
    answer: Answer
    note: str


class SignatureItem(TypedDict):
    """A union's answer; the person by e-mail address, the union by its id in the file."""

    who: str
    organisation: str
    answer: Answer
    note: str
    items: list[ItemAnswerItem]


class MinutesItem(TypedDict):
    """How a past sitting went on.

    by, approved_by, plan_office: who writes, who approves and who answers, by e-mail.
    """

    by: str
    approved_by: str | None
    plan_office: str | None
    notes: list[NoteItem]
    conclusions: list[ConclusionItem]
    sign_off: list[SignatureItem]


class PastSittingItem(TypedDict):
    """A past sitting; the chair and those present by e-mail address."""

    table: str
    title: str
    place: str
    days_ago: int | None
    day: date | None
    at: time
    presided_by: str
    present: list[str]
    points: list[PastPointItem]
    minutes: MinutesItem | None
