"""Taking a block out of the plan, with a reason, and putting it back: nothing is deleted."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission
from consultazione.plan.blocks.events import BlockRemoved, BlockRestored
from consultazione.plan.blocks.models import Block
from consultazione.plan.blocks.ranks import last_rank, order_of, put_at, renumber
from consultazione.plan.blocks.steps import (
    block_in_hand,
    require_reason,
    require_standing,
    require_version,
)
from consultazione.plan.events import plan_stream


def remove_block(tx: Transaction, *, block_id: int, version: int, reason: str) -> Block:
    """Take a block out of the plan; its page stays, with the reason.

    VersionConflict if it was changed since it was read; Conflict if it was removed already;
    Invalid on the field `reason` if it is empty.
    """
    block = block_in_hand(tx, block_id, Permission.REMOVE_BLOCK)
    require_standing(block)
    require_version(block, version)
    require_reason(reason)
    block.removed_from, block.rank = block.rank, None
    block.removed_at, block.removed_reason = tx.now, reason
    tx.flush()
    renumber(tx.session, block.chapter_id, order_of(tx.session, block.chapter_id))
    removed = BlockRemoved(block_id=block.id, reason=FreeText(reason))
    tx.record(plan_stream(block.chapter.cycle_id), removed)
    return block


def restore_block(tx: Transaction, *, block_id: int) -> Block:
    """Put a removed block back where it stood, or at the end if its chapter became shorter.

    Conflict if it stands in the plan, or if its text stands in the block it was merged into.
    """
    block = block_in_hand(tx, block_id, Permission.RESTORE_BLOCK)
    if block.removed_at is None:
        raise Conflict(_("This block stands in the plan."))
    if block.merged_into_id is not None:
        raise Conflict(_("The text of this block stands in the one before it: split that one."))
    place = block.removed_from or 1
    block.rank = last_rank(tx.session, block.chapter_id) + 1
    block.removed_at = block.removed_from = block.removed_reason = None
    put_at(tx.session, block, place)
    assert block.rank is not None
    restored = BlockRestored(block_id=block.id, rank=block.rank)
    tx.record(plan_stream(block.chapter.cycle_id), restored)
    return block
