"""Paragraphs: each is appended to its chapter."""

from __future__ import annotations

from consultazione.core.db import Transaction
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission
from consultazione.plan.blocks.commands.writing import append_block
from consultazione.plan.blocks.models import Block, BlockKind
from consultazione.plan.blocks.steps import chapter_in_reach
from consultazione.plan.events import ParagraphWritten, plan_stream


def write_paragraph(
    tx: Transaction, *, chapter_id: int, body: str, file: str | None = None, demo: bool = False
) -> Block:
    """Append a paragraph of the plan office's own, and return it.

    file: the name of the one that the text was read from, if it was. NotFound if the plan has
    no such chapter; Invalid on the field `body` if the text is empty; Conflict if the plan is
    ready or approved.
    """
    chapter = chapter_in_reach(tx, chapter_id, Permission.WRITE_PARAGRAPH)
    paragraph = append_block(tx, chapter, BlockKind.PARAGRAPH, body, file=file, demo=demo)
    tx.record(
        plan_stream(chapter.cycle_id),
        ParagraphWritten(paragraph_id=paragraph.id, chapter_id=chapter.id, body=FreeText(body)),
    )
    return paragraph
