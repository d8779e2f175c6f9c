"""Headings, lists, tables and figures: each is appended to its chapter."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission
from consultazione.plan.blocks.appending import NewBlock, Picture, append_block
from consultazione.plan.blocks.events import BlockWritten
from consultazione.plan.blocks.models import Block, BlockKind
from consultazione.plan.blocks.steps import chapter_in_reach, require_words
from consultazione.plan.events import plan_stream


def write_block(
    tx: Transaction,
    *,
    chapter_id: int,
    kind: BlockKind,
    body: str,
    alt: str = "",
    picture: Picture | None = None,
    demo: bool = False,
) -> Block:
    """Append a heading, a list, a table or a figure of the plan office's own, and return it.

    Paragraphs are written by `write_paragraph`. NotFound if the plan has no such chapter;
    Invalid on `body` if the text is empty, on `alt` or `file` if a figure has none.
    """
    chapter = chapter_in_reach(tx, chapter_id, Permission.WRITE_BLOCK)
    if kind is BlockKind.FIGURE:
        _require_figure(alt, picture)
    new = NewBlock(kind=kind, body=body, alt=alt or None, picture=picture, demo=demo)
    block = append_block(tx, chapter, new)
    tx.record(plan_stream(chapter.cycle_id), block_written(block))
    return block


def block_written(block: Block) -> BlockWritten:
    """The event of a block that was appended a moment ago and is no paragraph."""
    return BlockWritten(
        block_id=block.id,
        chapter_id=block.chapter_id,
        block_kind=block.kind,
        body=FreeText(block.body),
        alt=FreeText(block.alt) if block.alt else None,
    )


def _require_figure(alt: str, picture: Picture | None) -> None:
    if picture is None:
        raise Invalid.at("file", _("Choose the picture: a PNG or JPEG file."))
    require_words(alt)
