"""Taking the text of a document, which was read and looked at before, into a chapter."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission
from consultazione.plan.blocks.appending import NewBlock, append_blocks
from consultazione.plan.blocks.commands.writing import block_written
from consultazione.plan.blocks.models import Block, BlockKind
from consultazione.plan.blocks.steps import chapter_in_reach
from consultazione.plan.commands.writing import paragraph_written
from consultazione.plan.events import plan_stream
from consultazione.plan.importing.events import BlocksImported
from consultazione.plan.importing.reading.found import FoundBlock

MOST_AT_ONCE = 1_000


def import_blocks(
    tx: Transaction, *, chapter_id: int, file: str, sha256: str, blocks: Sequence[FoundBlock]
) -> list[Block]:
    """Append a document's blocks to a chapter, all or none, and return them.

    file: its name; sha256: of its bytes, in hexadecimal digits. NotFound if the plan has no
    such chapter; Conflict if the plan is ready or approved; Invalid if there are no blocks, or
    more than MOST_AT_ONCE.
    """
    chapter = chapter_in_reach(tx, chapter_id, Permission.IMPORT_BLOCKS)
    _require_number(len(blocks))
    stream = plan_stream(chapter.cycle_id)
    count = len(blocks)
    tx.record(
        stream,
        BlocksImported(chapter_id=chapter_id, sha256=sha256, file=FreeText(file), count=count),
    )
    written = append_blocks(tx, chapter, [_new(block, file) for block in blocks])
    for block in written:
        said = paragraph_written if block.kind is BlockKind.PARAGRAPH else block_written
        tx.record(stream, said(block))
    return written


def _new(block: FoundBlock, file: str) -> NewBlock:
    return NewBlock(kind=BlockKind(block.kind.value), body=block.body, file=file)


def _require_number(count: int) -> None:
    if not count:
        raise Invalid(_("There is nothing to take in."))
    if count > MOST_AT_ONCE:
        raise Invalid(
            _(
                "This is more than %(most)s blocks at once: take the document in part by part, "
                "by its headings.",
                most=MOST_AT_ONCE,
            )
        )
