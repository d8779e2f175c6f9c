"""Types of hands, floor and list of speakers as the room receives them, ready for JSON."""

from __future__ import annotations

from typing import TypedDict

from consultazione.people.models import Category
from consultazione.sittings.floor.models import HandKind, QuotaScope, SpeakingOrder


class HandSnapshot(TypedDict):
    """A raised hand; `raised_at` is a moment in UTC."""

    id: int
    person_id: int
    category: Category
    hand_kind: HandKind
    reply_to: int | None
    point_id: int | None
    raised_at: str


class FloorSnapshot(TypedDict):
    """The speaker, since when they have the floor, and how many seconds they may speak in all.

    point_id: the point on which they speak.
    """

    hand_id: int
    person_id: int
    category: Category
    hand_kind: HandKind
    point_id: int | None
    since: str | None
    seconds: int | None


class SpokenSeconds(TypedDict):
    """How many seconds each has spoken: persons and categories, by person id as text.

    points: by the id of a point as text, how many seconds each category has spoken on it.
    """

    persons: dict[str, int]
    categories: dict[str, int]
    points: dict[str, dict[str, int]]


class SpeakersSnapshot(TypedDict):
    """How the floor is given.

    placed: the hands as the chair put them. seconds: the time of each speech; null without a
    limit. last: the category that had the floor last. quotas: how many seconds a category may
    speak in all, in the sitting or on each point.
    """

    ordering: SpeakingOrder
    placed: list[int]
    seconds: int | None
    last: Category | None
    quotas: dict[str, int]
    quota_scope: QuotaScope
    spoken: SpokenSeconds
