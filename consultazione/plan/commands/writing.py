"""Paragraphs: each is appended to its chapter."""

from __future__ import annotations

from consultazione.core.db import Transaction
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission
from consultazione.plan.blocks.appending import NewBlock, append_block
from consultazione.plan.blocks.models import Block, BlockKind
from consultazione.plan.blocks.steps import chapter_in_reach
from consultazione.plan.events import ParagraphWritten, plan_stream


def write_paragraph(tx: Transaction, *, chapter_id: int, body: str, demo: bool = False) -> Block:
    """Append a paragraph of the plan office's own, and return it.

    NotFound if the plan has no such chapter; Invalid on the field `body` if the text is
    empty; Conflict if the plan is ready or approved.
    """
    chapter = chapter_in_reach(tx, chapter_id, Permission.WRITE_PARAGRAPH)
    new = NewBlock(kind=BlockKind.PARAGRAPH, body=body, demo=demo)
    paragraph = append_block(tx, chapter, new)
    tx.record(plan_stream(chapter.cycle_id), paragraph_written(paragraph))
    return paragraph


def paragraph_written(block: Block) -> ParagraphWritten:
    """The event of a paragraph that was appended a moment ago."""
    return ParagraphWritten(
        paragraph_id=block.id, chapter_id=block.chapter_id, body=FreeText(block.body)
    )
