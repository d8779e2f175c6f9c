"""The memory of a checked file, as its schema (`importing/memory/schema.py`) loads it."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from consultazione.memory.models import DocumentKind, Fulfilment, LinkKind


class ArchiveItem(TypedDict):
    """A document of past years, with its file if there is a name for one."""

    title: str
    kind: DocumentKind
    first_year: int
    last_year: int
    body: str
    source: str
    found_at: str | None
    on_day: date | None
    file_name: str | None
    text: str | None
    content: bytes | None
    demo: bool


class PastPriorityItem(TypedDict):
    """A priority or a need of a cycle of before."""

    title: str
    is_need: bool
    source: str


class PastCycleItem(TypedDict):
    """A cycle of before the platform."""

    start: int
    end: int
    priorities: list[PastPriorityItem]


class PriorityLinkItem(TypedDict):
    """A priority across two cycles, by its titles; None for the document's own cycle.

    if_there: for a file that is loaded with another, which has the earlier cycle, or alone.
    """

    kind: LinkKind
    earlier_cycle: str
    cycle: str | None
    earlier: str | None
    priority: str | None
    note: str
    if_there: bool
    demo: bool


class PromiseCommentItem(TypedDict):
    """What a delegate says about an assessment."""

    author: str
    body: str


class PromiseItem(TypedDict):
    """A promise with what became of it."""

    cycle: str | None
    priority: str | None
    conclusion: str | None
    fulfilment: Fulfilment
    evidence: str
    source: str
    by: str | None
    assessed_on: date | None
    comments: list[PromiseCommentItem]
    demo: bool
