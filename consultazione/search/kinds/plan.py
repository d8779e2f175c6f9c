"""The text of the plan, block by block, as its page shows it to everybody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from consultazione.core.columns import among
from consultazione.plan.blocks.models import Block
from consultazione.search.kinds.base import Kind, Text
from consultazione.zones.models import Chapter, Cycle


class PlanBlocks(Kind):
    """Not those that were removed, which only the office sees."""

    name = "plan"
    label = _("Plan")
    families = ("block.", "blocks.", "decisions.", "suggestion.")
    fields = ("block_id", "new_block_id", "merged_block_id")
    model = Block

    def texts(self, session: Session, ids: Sequence[int]) -> Iterator[Text]:
        """The rule of `plan.queries.blocks_of`: what has a place in its chapter."""
        query = (
            select(Block, Cycle.zone_id, Cycle.id)
            .join(Block.chapter)
            .join(Cycle, Cycle.id == Chapter.cycle_id)
            .options(contains_eager(Block.chapter))
            .where(among(Block.id, ids), Block.rank.is_not(None))
        )
        for block, zone_id, cycle_id in session.execute(query):
            yield Text(
                object_id=block.id,
                zone_id=zone_id,
                cycle_id=cycle_id,
                at=block.written_at,
                title=block.chapter.title,
                body=" ".join(filter(None, (block.body, block.alt))),
                endpoint="plan.paragraph",
                values={"paragraph_id": block.id},
            )
