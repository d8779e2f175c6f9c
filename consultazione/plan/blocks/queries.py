"""Queries on blocks: their versions, and their neighbours."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.errors import NotFound
from consultazione.plan.blocks.models import Block, BlockVersion


def versions_of(session: Session, block_id: int) -> list[BlockVersion]:
    """The versions of a block with their authors, the latest first."""
    query = (
        select(BlockVersion)
        .options(joinedload(BlockVersion.author))
        .where(BlockVersion.block_id == block_id)
        .order_by(BlockVersion.number.desc())
    )
    return list(session.scalars(query))


def get_version(session: Session, block_id: int, number: int) -> BlockVersion:
    """A version of a block by its number, with its author; NotFound if there is none."""
    query = (
        select(BlockVersion)
        .options(joinedload(BlockVersion.author))
        .filter_by(block_id=block_id, number=number)
    )
    version = session.scalar(query)
    if version is None:
        raise NotFound(_("The block has no such version."))
    return version


def following(session: Session, block: Block) -> Block | None:
    """The block right after one in its chapter; None at the end, or if the block was removed."""
    if block.rank is None:
        return None
    query = select(Block).where(Block.chapter_id == block.chapter_id, Block.rank == block.rank + 1)
    return session.scalar(query)


def removed_blocks(session: Session, chapter_id: int) -> list[Block]:
    """What was taken out of a chapter and can be put back, the latest first."""
    query = select(Block).where(
        Block.chapter_id == chapter_id,
        Block.removed_at.is_not(None),
        Block.merged_into_id.is_(None),
    )
    return list(session.scalars(query.order_by(Block.removed_at.desc())))
