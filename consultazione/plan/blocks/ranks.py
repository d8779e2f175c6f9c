"""The places of blocks: from 1 in each chapter, without gaps, whatever is done."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import case, func, select, update
from sqlalchemy.orm import Session

from consultazione.plan.blocks.models import Block
from consultazione.zones.models import Chapter


def lock_chapters(session: Session, chapter_ids: set[int]) -> None:
    """Lock chapters FOR NO KEY UPDATE, lowest id first: whoever changes places does."""
    query = select(Chapter.id).where(Chapter.id.in_(chapter_ids)).order_by(Chapter.id)
    session.execute(query.with_for_update(key_share=True))


def last_rank(session: Session, chapter_id: int) -> int:
    """The last place of a chapter that is taken; 0 if it is empty."""
    last = select(func.max(Block.rank)).where(Block.chapter_id == chapter_id)
    return session.scalar(last) or 0


def order_of(session: Session, chapter_id: int) -> list[int]:
    """The ids of a chapter's standing blocks, by place."""
    query = select(Block.id).where(Block.chapter_id == chapter_id, Block.rank.is_not(None))
    return list(session.scalars(query.order_by(Block.rank)))


def put_at(session: Session, block: Block, rank: int) -> None:
    """Put a standing block at a place of its chapter, and all others around it.

    The chapter is locked. rank: places beyond the last one mean the end.
    """
    order = [one for one in order_of(session, block.chapter_id) if one != block.id]
    order.insert(rank - 1, block.id)
    renumber(session, block.chapter_id, order)
    session.refresh(block, ["rank"])


def renumber(session: Session, chapter_id: int, order: Sequence[int]) -> None:
    """Give the blocks of a chapter their places, in one statement; the chapter is locked."""
    if not order:
        return
    session.flush()
    rank = case({id_: place for place, id_ in enumerate(order, 1)}, value=Block.id)
    moved = update(Block).where(Block.chapter_id == chapter_id, Block.id.in_(order))
    session.execute(moved.values(rank=rank).execution_options(synchronize_session=False))
