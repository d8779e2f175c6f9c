"""Hands, floor and list of speakers as the room is sent them, ready for JSON."""

from __future__ import annotations

from typing import TypedDict

from consultazione.people.models import Category
from consultazione.sittings.floor.models import HandKind, SpeakingOrder


class HandSnapshot(TypedDict):
    """A hand that is up; `raised_at` is a moment in UTC."""

    id: int
    person_id: int
    category: Category
    hand_kind: HandKind
    reply_to: int | None
    point_id: int | None
    raised_at: str


class FloorSnapshot(TypedDict):
    """Who has the floor, since when, and how many seconds they may speak in all."""

    hand_id: int
    person_id: int
    category: Category
    hand_kind: HandKind
    since: str | None
    seconds: int | None


class SpokenSeconds(TypedDict):
    """For how many seconds each has spoken: by person's id as text, and by category."""

    persons: dict[str, int]
    categories: dict[str, int]


class SpeakersSnapshot(TypedDict):
    """How the floor is given.

    placed: the hands as the chair put them. seconds: the time of each speech; null without a
    limit. last: the category that had the floor last.
    """

    ordering: SpeakingOrder
    placed: list[int]
    seconds: int | None
    last: Category | None
    spoken: SpokenSeconds
