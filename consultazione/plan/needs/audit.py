"""What blocks and chapters serve, as the plan's stream has it."""

from __future__ import annotations

from consultazione.core.audit import pairs, register
from consultazione.plan.needs.models import BlockPriority, BlockPurpose, ChapterPriority

_TAGGED = {"owner": "block_id", "kinds": "block.tagged"}
BLOCK_PRIORITY = pairs(BlockPriority, items="priority_ids", **_TAGGED)
BLOCK_PURPOSE = pairs(BlockPurpose, items="purposes", **_TAGGED)
CHAPTER_PRIORITY = pairs(
    ChapterPriority, owner="chapter_id", items="priority_ids", kinds="chapter.tagged"
)

register("plan", audits=(BLOCK_PRIORITY, BLOCK_PURPOSE, CHAPTER_PRIORITY), apart=True)
