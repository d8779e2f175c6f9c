"""Moving, splitting and merging blocks; what each comes from goes with it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission
from consultazione.plan.blocks.events import BlockDivided, BlockMoved, BlocksMerged
from consultazione.plan.blocks.models import Block, ChangeKind
from consultazione.plan.blocks.parts import can_be_joined, joined, parts
from consultazione.plan.blocks.ranks import last_rank, order_of, put_at, renumber
from consultazione.plan.blocks.steps import (
    add_version,
    block_in_hand,
    keep_origins,
    origins_of,
    require_by_hand,
    require_standing,
    require_version,
)
from consultazione.plan.events import plan_stream
from consultazione.zones.models import Chapter


def move_block(tx: Transaction, *, block_id: int, chapter_id: int, rank: int) -> Block:
    """Put a block at a place of a chapter of the same plan; places beyond the last mean the end.

    NotFound if the plan has no such chapter; Conflict if the block was removed.
    """
    block = block_in_hand(tx, block_id, Permission.MOVE_BLOCK, chapter_ids=[chapter_id])
    require_standing(block)
    chapter = tx.session.get(Chapter, chapter_id)
    if chapter is None or chapter.cycle_id != block.chapter.cycle_id:
        raise NotFound(_("The plan has no such chapter."))
    if chapter.id != block.chapter_id:
        _leave_for(tx, block, chapter)
    put_at(tx.session, block, max(rank, 1))
    assert block.rank is not None
    moved = BlockMoved(block_id=block.id, chapter_id=chapter.id, rank=block.rank)
    tx.record(plan_stream(chapter.cycle_id), moved)
    return block


def split_block(tx: Transaction, *, block_id: int, version: int, after: int) -> Block:
    """Split a paragraph or a list in two, and return the new block with the second part.

    after: how many of its sentences, or lines, stay in the first. VersionConflict if the
    block was changed; Conflict if it was removed; Invalid on `after` if nothing would be left
    on one side.
    """
    block = block_in_hand(tx, block_id, Permission.SPLIT_BLOCK)
    require_standing(block)
    require_by_hand(block)
    require_version(block, version)
    pieces = parts(block.kind, block.body)
    if not 0 < after < len(pieces):
        raise Invalid.at("after", _("Choose after which sentence the block is split."))
    first, rest = "".join(pieces[:after]).rstrip(), "".join(pieces[after:]).strip()
    new = _second_part(tx, block, rest)
    block.version += 1
    add_version(tx, block, ChangeKind.SPLIT, first)
    tx.record(
        plan_stream(block.chapter.cycle_id),
        BlockDivided(
            block_id=block.id,
            version=block.version,
            new_block_id=new.id,
            body=FreeText(first),
            rest=FreeText(rest),
        ),
    )
    return new


def merge_blocks(tx: Transaction, *, block_id: int, version: int, next_version: int) -> Block:
    """Put the text of the block that follows at the end of this one, and return this one.

    The block that follows keeps its address, which leads here. version, next_version: what the
    editor has read. VersionConflict if either was changed; Conflict if they cannot be merged.
    """
    block = block_in_hand(tx, block_id, Permission.MERGE_BLOCKS)
    require_standing(block)
    require_version(block, version)
    other = _following(tx, block)
    require_version(other, next_version)
    body, source = joined(block.kind, block.body, other.body), other.current
    block.version += 1
    add_version(tx, block, ChangeKind.MERGED, body, source=source)
    keep_origins(tx, block.id, origins_of(tx, other.id))
    _take_away(tx, other, into=block)
    tx.record(
        plan_stream(block.chapter.cycle_id),
        BlocksMerged(
            block_id=block.id,
            version=block.version,
            merged_block_id=other.id,
            body=FreeText(body),
        ),
    )
    return block


def _leave_for(tx: Transaction, block: Block, chapter: Chapter) -> None:
    """Take a block from the end of its chapter's order to the end of another's."""
    left = block.chapter_id
    block.rank = last_rank(tx.session, chapter.id) + 1
    block.chapter = chapter
    tx.flush()
    renumber(tx.session, left, order_of(tx.session, left))


def _second_part(tx: Transaction, block: Block, rest: str) -> Block:
    """The block with the second part, right after the first; it has the same origins."""
    assert block.rank is not None
    new = Block(
        chapter_id=block.chapter_id,
        kind=block.kind,
        rank=last_rank(tx.session, block.chapter_id) + 1,
        version=1,
        written_at=tx.now,
        demo=block.demo,
    )
    tx.session.add(new)
    tx.flush()
    add_version(tx, new, ChangeKind.SPLIT, rest, source=block.current)
    keep_origins(tx, new.id, origins_of(tx, block.id))
    put_at(tx.session, new, block.rank + 1)
    return new


def _following(tx: Transaction, block: Block) -> Block:
    """The block right after this one, locked; Conflict if there is none of the same kind."""
    assert block.rank is not None
    query = select(Block).where(Block.chapter_id == block.chapter_id, Block.rank == block.rank + 1)
    other = tx.session.scalars(query.with_for_update(of=Block)).one_or_none()
    if other is None or other.kind is not block.kind or not can_be_joined(block.kind):
        raise Conflict(_("Only two paragraphs, or two lists, that follow each other are merged."))
    require_by_hand(block)
    require_by_hand(other)
    return other


def _take_away(tx: Transaction, other: Block, *, into: Block) -> None:
    other.removed_from, other.rank = other.rank, None
    other.removed_at, other.merged_into_id = tx.now, into.id
    tx.flush()
    renumber(tx.session, into.chapter_id, order_of(tx.session, into.chapter_id))
