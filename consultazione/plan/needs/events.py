"""Events of needs and answers; they stand in the stream of the plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event


@dataclass(frozen=True, kw_only=True)
class BlockTagged(Event):
    """The plan office has said which needs, priorities and purposes a block serves."""

    kind: ClassVar[str] = "block.tagged"

    block_id: int
    priority_ids: list[int]
    purposes: list[str]


@dataclass(frozen=True, kw_only=True)
class ChapterTagged(Event):
    """The plan office has said which needs and priorities a chapter answers."""

    kind: ClassVar[str] = "chapter.tagged"

    chapter_id: int
    priority_ids: list[int]
