"""Events of chapters and tables whose settings are changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.tables.events import KIND_DETAILS
from consultazione.zones.events import ADDED_CHAPTER_DETAILS, CHANGED_CHAPTER_DETAILS


@dataclass(frozen=True, kw_only=True)
class ChapterAdded(
    Event, texts={"title": "chapter.title", "details": ADDED_CHAPTER_DETAILS.places}
):
    """A chapter has been added as the last of a cycle's plan."""

    kind: ClassVar[str] = "chapter.added"

    chapter_id: int
    cycle_id: int
    title: FreeText
    details: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class ChapterChanged(
    Event,
    texts={
        "was": "log_text.sealed",
        "now": "chapter.title",
        "details": CHANGED_CHAPTER_DETAILS.places,
    },
):
    """A chapter of the plan has been renamed or described anew; `was` and `now` are its titles."""

    kind: ClassVar[str] = "chapter.changed"

    chapter_id: int
    mandatory: bool
    was: FreeText
    now: FreeText
    details: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class ChapterRemoved(Event, texts={"title": "log_text.sealed"}):
    """A chapter without content has been taken out of the plan."""

    kind: ClassVar[str] = "chapter.removed"

    chapter_id: int
    cycle_id: int
    title: FreeText


@dataclass(frozen=True, kw_only=True)
class ChaptersReordered(Event):
    """The chapters of a plan have been put in another order, which the ids give."""

    kind: ClassVar[str] = "chapters.reordered"

    cycle_id: int
    chapter_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class TableChanged(
    Event,
    texts={
        "was": "log_text.sealed",
        "now": "thematic_table.name",
        "remit": "thematic_table.remit",
        "reason": "revision.reason",
        "details": KIND_DETAILS.places,
    },
):
    """The name, kind, remit or coordinator of a table has changed; `was`, `now`: its names."""

    kind: ClassVar[str] = "table.changed"

    table_id: int
    was: FreeText
    now: FreeText
    version: int | None = None
    remit: FreeText | None = None
    reason: FreeText | None = None
    details: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class TablesReordered(Event):
    """The tables of a cycle have been put in another order, which the ids give."""

    kind: ClassVar[str] = "tables.reordered"

    cycle_id: int
    table_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class TableClosed(Event, texts={"reason": "thematic_table.closed_reason"}):
    """A table has been closed: what happened at it stays readable, and nothing new begins."""

    kind: ClassVar[str] = "table.closed"

    table_id: int
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class TableReopened(Event, texts={"reason": "revision.reason"}):
    """A closed table works again."""

    kind: ClassVar[str] = "table.reopened"

    table_id: int
    reason: FreeText
