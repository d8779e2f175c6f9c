"""Editing a block in place: every text that it has had stays readable."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission
from consultazione.plan.blocks.events import BlockEdited
from consultazione.plan.blocks.models import Block, BlockKind, ChangeKind
from consultazione.plan.blocks.steps import (
    add_version,
    block_in_hand,
    require_by_hand,
    require_reason,
    require_standing,
    require_version,
    require_words,
)
from consultazione.plan.events import plan_stream


def edit_block(
    tx: Transaction, *, block_id: int, version: int, body: str, reason: str, alt: str = ""
) -> Block:
    """Change a block's text, for a reason that everybody can read, and return the block.

    version: the number of the version that the editor has read. VersionConflict if there is
    a later one; Conflict if the block was removed; Invalid on `body`, `reason` or `alt`.
    """
    block = block_in_hand(tx, block_id, Permission.EDIT_BLOCK)
    require_standing(block)
    require_version(block, version)
    require_reason(reason)
    change_text(tx, block, body, alt=alt, reason=reason)
    return block


def change_text(tx: Transaction, block: Block, body: str, *, alt: str, reason: str) -> None:
    """Give a block in hand its next text, and record it. Invalid on `body` or `alt`.

    Conflict if the platform writes the block from its own records.
    """
    require_by_hand(block)
    if not body.strip():
        raise Invalid.at("body", _("A block needs a text. To take it out, remove it."))
    if block.kind is BlockKind.FIGURE:
        require_words(alt)
    if (body, alt or None) == (block.body, block.alt):
        raise Invalid.at("body", _("This text is the same as before: nothing was changed."))
    block.version += 1
    add_version(tx, block, ChangeKind.EDITED, body, alt=alt or None, reason=reason)
    tx.record(
        plan_stream(block.chapter.cycle_id),
        BlockEdited(
            block_id=block.id,
            version=block.version,
            body=FreeText(body),
            alt=FreeText(alt) if alt else None,
            reason=FreeText(reason),
        ),
    )
