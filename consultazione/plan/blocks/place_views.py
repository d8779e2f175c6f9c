"""Where a block is read: on a page of its chapter, of which a long chapter has several."""

from __future__ import annotations

from flask import redirect, url_for
from werkzeug.wrappers import Response

from consultazione.plan.blocks.models import Block
from consultazione.plan.queries import get_block
from consultazione.web.request_db import renew_snapshot

BLOCKS_A_PAGE = 20


def address_in_chapter(block: Block) -> str:
    """The page of the chapter that shows a block, at the block; a removed one has no place."""
    number = block.chapter.number
    if block.rank is None:
        return url_for("plan.chapter", number=number)
    # Places have no gaps, so the place says on which page the block is.
    after = (block.rank - 1) // BLOCKS_A_PAGE * BLOCKS_A_PAGE
    anchor = f"paragrafo-{block.id}"
    return url_for("plan.chapter", number=number, dopo_blocco=after or None, _anchor=anchor)


def to_its_place(block_id: int) -> Response:
    """A redirect to where a block stands now."""
    return redirect(address_in_chapter(get_block(renew_snapshot(), block_id)))
