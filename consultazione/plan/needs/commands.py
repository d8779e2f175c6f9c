"""Commands that say what blocks and chapters serve.

Each works in the caller's transaction, raises NotAllowed unless the actor holds the permission
of the same name, and records one event in the plan's stream. What a plan serves may be said
after its approval too: it changes no word of the text.
"""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, select

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid, NotFound
from consultazione.core.permissions import Permission, require
from consultazione.plan.blocks.models import Block
from consultazione.plan.blocks.steps import block_to_link
from consultazione.plan.events import plan_stream
from consultazione.plan.needs.events import BlockTagged, ChapterTagged
from consultazione.plan.needs.models import (
    BlockPriority,
    BlockPurpose,
    ChapterPriority,
    Purpose,
)
from consultazione.zones.models import Chapter, Priority


def tag_block(
    tx: Transaction,
    *,
    block_id: int,
    priority_ids: Collection[int],
    purposes: Collection[Purpose],
) -> Block:
    """Say which needs and priorities a block answers, and which purposes it serves.

    Takes the place of what was said before. Locks the block FOR UPDATE. NotFound if there is
    no such block; Conflict if it was removed; Invalid on `priority_ids` if one is of another
    cycle.
    """
    block = block_to_link(tx, block_id, Permission.TAG_BLOCK)
    chosen, served = _of_the_cycle(tx, block.chapter, priority_ids), sorted(set(purposes))
    tx.session.execute(delete(BlockPriority).where(BlockPriority.block_id == block_id))
    tx.session.execute(delete(BlockPurpose).where(BlockPurpose.block_id == block_id))
    tx.session.add_all(BlockPriority(block_id=block_id, priority_id=one) for one in chosen)
    tx.session.add_all(BlockPurpose(block_id=block_id, purpose=one) for one in served)
    tagged = BlockTagged(
        block_id=block_id, priority_ids=chosen, purposes=[one.value for one in served]
    )
    tx.record(plan_stream(block.chapter.cycle_id), tagged)
    return block


def tag_chapter(tx: Transaction, *, chapter_id: int, priority_ids: Collection[int]) -> Chapter:
    """Say which needs and priorities a whole chapter answers.

    Takes the place of what was said before. Locks the chapter. NotFound if there is no such
    chapter; Invalid on `priority_ids` if one is of another cycle.
    """
    chapter = tx.session.get(Chapter, chapter_id, with_for_update={"key_share": True})
    if chapter is None:
        raise NotFound(_("The plan has no such chapter."))
    require(tx.actor, Permission.TAG_CHAPTER, zone_id=chapter.zone_id)
    chosen = _of_the_cycle(tx, chapter, priority_ids)
    tx.session.execute(delete(ChapterPriority).where(ChapterPriority.chapter_id == chapter_id))
    tx.session.add_all(ChapterPriority(chapter_id=chapter_id, priority_id=one) for one in chosen)
    tagged = ChapterTagged(chapter_id=chapter_id, priority_ids=chosen)
    tx.record(plan_stream(chapter.cycle_id), tagged)
    return chapter


def _of_the_cycle(tx: Transaction, chapter: Chapter, priority_ids: Collection[int]) -> list[int]:
    """The ids, each once and in order, if all are priorities of the chapter's cycle."""
    wanted = sorted(set(priority_ids))
    query = select(Priority.id).where(
        Priority.id.in_(wanted), Priority.cycle_id == chapter.cycle_id
    )
    if set(tx.session.scalars(query)) != set(wanted):
        raise Invalid.at("priority_ids", _("Choose needs and priorities of this cycle."))
    return wanted
