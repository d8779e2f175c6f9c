"""What blocks and chapters serve, as the plan's stream has it."""

from __future__ import annotations

from consultazione.core.audit import pairs, register
from consultazione.plan.needs.models import BlockPriority, BlockPurpose, ChapterPriority

BLOCK_PRIORITY = pairs(BlockPriority, owner="block_id", items="priority_ids", kinds="block.tagged")
BLOCK_PURPOSE = pairs(BlockPurpose, owner="block_id", items="purposes", kinds="block.tagged")
CHAPTER_PRIORITY = pairs(
    ChapterPriority, owner="chapter_id", items="priority_ids", kinds="chapter.tagged"
)

register("plan", audits=(BLOCK_PRIORITY, BLOCK_PURPOSE, CHAPTER_PRIORITY), apart=True)
