"""What a checked file holds of each thing, as its schema (`importing/schema.py`) has loaded it."""

from __future__ import annotations

from datetime import date, time
from typing import TypedDict

from consultazione.comments.models import Position
from consultazione.core.actor import Role
from consultazione.zones.models import PhaseKind


class PhaseItem(TypedDict):
    """When a phase was opened and closed, and the reference of the act that closed it."""

    kind: PhaseKind
    starts_on: date | None
    closed_on: date | None
    closing_act: str | None


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


class PersonItem(TypedDict):
    """An account, with mandates and roles."""

    email: str
    display_name: str
    password: str
    mandates: list[MandateItem]
    roles: list[RoleItem]


class MaterialItem(TypedDict):
    """A document of a table."""

    table: str
    title: str
    file_name: str
    text: str


class CommentItem(TypedDict):
    """A comment, by the author's address."""

    author: str
    position: Position
    body: str


class ProposalItem(TypedDict):
    """A proposal with what was said of it; authors and supporters by their addresses."""

    table: str
    author: str
    title: str
    body: str
    days_ago: int
    admitted: bool
    comments: list[CommentItem]
    supports: list[str]


class _Point(TypedDict):
    title: str
    proposal: int | None


class PointItem(_Point):
    """A point of an agenda, and the proposal (by its place in the file) that it is about."""

    minutes: int | None


class SittingItem(TypedDict):
    """A sitting that is to be held."""

    table: str
    title: str
    place: str
    days_from_now: int
    at: time
    agenda: list[PointItem]


class SpeakerItem(TypedDict):
    """Somebody who spoke on a point, and for how many minutes."""

    who: str
    minutes: int


class PollItem(TypedDict):
    """A poll that was taken on a point: each voter's choice by their address."""

    question: str
    ballots: dict[str, str]


class PastPointItem(_Point):
    """A point that was dealt with."""

    minutes: int
    speakers: list[SpeakerItem]
    poll: PollItem | None


class PastSittingItem(TypedDict):
    """A sitting that was held; who presided and who came by their addresses."""

    table: str
    title: str
    place: str
    days_ago: int
    at: time
    presided_by: str
    present: list[str]
    points: list[PastPointItem]
