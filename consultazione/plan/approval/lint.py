"""What is to be looked at in the text of a plan before it is approved; it stops nothing."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.errors import Sentence
from consultazione.plan.blocks.models import Block, BlockVersion
from consultazione.zones.library.lint import remarks_by_place
from consultazione.zones.library.queries import citations
from consultazione.zones.models import Chapter


def text_remarks(session: Session, cycle_id: int, *, zone_id: int) -> list[tuple[int, Sentence]]:
    """Paragraphs that stand twice, laws cited with two dates: each with the id of its block."""
    query = (
        select(Block.id, BlockVersion.body)
        .join(BlockVersion, Block.current)
        .join(Chapter, Chapter.id == Block.chapter_id)
        .where(Chapter.cycle_id == cycle_id, Block.rank.is_not(None))
        .order_by(Chapter.number, Block.rank)
    )
    texts = [(block_id, body) for block_id, body in session.execute(query)]
    return remarks_by_place(texts, citations(session, zone_id))
