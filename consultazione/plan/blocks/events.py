"""Events of the plan's text; they stand in the stream of the plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.plan.blocks.models import BlockKind


@dataclass(frozen=True, kw_only=True)
class BlockWritten(Event, texts={"body": "block_version.body", "alt": "block_version.alt"}):
    """The plan office has written a heading, a list, a table or a figure."""

    kind: ClassVar[str] = "block.written"

    block_id: int
    chapter_id: int
    block_kind: BlockKind
    body: FreeText
    alt: FreeText | None


@dataclass(frozen=True, kw_only=True)
class BlockEdited(
    Event,
    texts={
        "body": "block_version.body",
        "alt": "block_version.alt",
        "reason": "block_version.reason",
    },
):
    """The plan office has changed a block, and says why."""

    kind: ClassVar[str] = "block.edited"

    block_id: int
    version: int
    body: FreeText
    alt: FreeText | None
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class BlockMoved(Event):
    """The plan office has put a block in another place."""

    kind: ClassVar[str] = "block.moved"

    block_id: int
    chapter_id: int
    rank: int


@dataclass(frozen=True, kw_only=True)
class BlockDivided(Event, texts={"body": "block_version.body", "rest": "block_version.body"}):
    """The plan office has split a block in two; the second part has an id of its own."""

    kind: ClassVar[str] = "block.divided"

    block_id: int
    version: int
    new_block_id: int
    body: FreeText
    rest: FreeText


@dataclass(frozen=True, kw_only=True)
class BlocksMerged(Event, texts={"body": "block_version.body"}):
    """The plan office has put the text of a block at the end of the one before it."""

    kind: ClassVar[str] = "blocks.merged"

    block_id: int
    version: int
    merged_block_id: int
    body: FreeText


@dataclass(frozen=True, kw_only=True)
class BlockRemoved(Event, texts={"reason": "block.removed_reason"}):
    """The plan office has taken a block out of the plan, and says why; its page stays."""

    kind: ClassVar[str] = "block.removed"

    block_id: int
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class BlockRestored(Event):
    """The plan office has put a removed block back."""

    kind: ClassVar[str] = "block.restored"

    block_id: int
    rank: int


@dataclass(frozen=True, kw_only=True)
class BlockGenerated(Event, texts={"body": "block_version.body"}):
    """The platform has written a block from its own records."""

    kind: ClassVar[str] = "block.generated"

    block_id: int
    chapter_id: int
    version: int
    body: FreeText
