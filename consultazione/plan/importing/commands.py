"""Taking the text of a document, which was read and looked at before, into a chapter."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission
from consultazione.plan.blocks.commands.writing import write_block
from consultazione.plan.blocks.models import Block, BlockKind
from consultazione.plan.blocks.steps import chapter_in_reach
from consultazione.plan.commands.writing import write_paragraph
from consultazione.plan.events import plan_stream
from consultazione.plan.importing.events import BlocksImported
from consultazione.plan.importing.reading.found import FoundBlock, Kind
from consultazione.plan.standing import require_open_text

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
    require_open_text(tx, chapter.cycle_id)
    _require_number(len(blocks))
    tx.record(
        plan_stream(chapter.cycle_id),
        BlocksImported(
            chapter_id=chapter_id, sha256=sha256, file=FreeText(file), count=len(blocks)
        ),
    )
    return [_written(tx, chapter_id, block, file) for block in blocks]


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


def _written(tx: Transaction, chapter_id: int, block: FoundBlock, file: str) -> Block:
    if block.kind is Kind.PARAGRAPH:
        return write_paragraph(tx, chapter_id=chapter_id, body=block.body, file=file)
    kind = BlockKind(block.kind.value)
    return write_block(tx, chapter_id=chapter_id, kind=kind, body=block.body, file=file)
