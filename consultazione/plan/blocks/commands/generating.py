"""The block on the forms of consultation, which the platform writes from its own records."""

from __future__ import annotations

from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission
from consultazione.plan.blocks.appending import NewBlock, append_block
from consultazione.plan.blocks.consultation import consultation_figures, consultation_text
from consultazione.plan.blocks.events import BlockGenerated
from consultazione.plan.blocks.models import Block, BlockKind, ChangeKind
from consultazione.plan.blocks.steps import add_version, chapter_in_reach
from consultazione.plan.events import plan_stream
from consultazione.plan.standing import require_open_text


def generate_consultation_block(tx: Transaction, *, chapter_id: int) -> Block:
    """Write into a chapter how the plan was consulted on, and return the block.

    A block that was written so before, and stands in the chapter, gets the figures of today.
    NotFound if there is no such chapter; Conflict if the plan is ready or approved.
    """
    chapter = chapter_in_reach(tx, chapter_id, Permission.GENERATE_CONSULTATION_BLOCK)
    require_open_text(tx, chapter.cycle_id)
    text = consultation_text(consultation_figures(tx.session, chapter.cycle_id))
    block = _generated(tx, chapter_id)
    if block is None:
        block = append_block(tx, chapter, NewBlock(kind=BlockKind.PARAGRAPH, body=text))
    else:
        block.version += 1
        add_version(tx, block, ChangeKind.GENERATED, text)
    block.generated_at = tx.now
    generated = BlockGenerated(
        block_id=block.id, chapter_id=chapter_id, version=block.version, body=FreeText(text)
    )
    tx.record(plan_stream(chapter.cycle_id), generated)
    return block


def _generated(tx: Transaction, chapter_id: int) -> Block | None:
    """The block of the chapter that was written so before, locked; None if there is none."""
    query = (
        select(Block)
        .where(
            Block.chapter_id == chapter_id,
            Block.generated_at.is_not(None),
            Block.rank.is_not(None),
        )
        .order_by(Block.rank)
        .limit(1)
        .with_for_update(of=Block)
    )
    return tx.session.scalars(query).first()
