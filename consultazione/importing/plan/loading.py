"""The plan of a file: what the office wrote of its own, what it answers, and its approval."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from sqlalchemy import select

from consultazione.importing.context import Context
from consultazione.importing.faults import Fault
from consultazione.plan.approval.commands import (
    approve_plan,
    declare_plan_ready,
    publish_plan_draft,
)
from consultazione.plan.blocks.commands.generating import generate_consultation_block
from consultazione.plan.blocks.models import Block, BlockVersion
from consultazione.plan.commands.writing import write_paragraph
from consultazione.plan.models import PlanState
from consultazione.plan.needs.commands import tag_block, tag_chapter
from consultazione.plan.needs.models import Purpose


class PlanItem(TypedDict):
    """A paragraph or a chapter, with what it answers by titles."""

    chapter: int
    body: str | None
    words: str | None
    from_log: bool
    priorities: list[str]
    purposes: list[Purpose]
    by: str | None
    written_on: date | None
    demo: bool


class PlanStepItem(TypedDict):
    """A step of the plan, with its day."""

    state: PlanState
    on_day: date | None
    comments_until: date | None
    act: str | None
    by: str | None


def load_plan(context: Context, item: PlanItem) -> None:
    """Write a paragraph, if it is new, and say what it or the whole chapter answers."""
    chapter_id = context.chapter_id(item["chapter"], "chapter")
    chosen = [context.priority_id(title, "priorities") for title in item["priorities"]]
    with context.office_on(item["written_on"], item["by"]):
        block_id = _block_id(context, chapter_id, item)
        if block_id is None:
            tag_chapter(context.tx, chapter_id=chapter_id, priority_ids=chosen)
        elif chosen or item["purposes"]:
            tag_block(context.tx, block_id=block_id, priority_ids=chosen, purposes=item["purposes"])


def load_plan_step(context: Context, item: PlanStepItem) -> None:
    """Take the plan one step towards its approval."""
    tx, cycle_id = context.tx, context.cycle.id
    with context.office_on(item["on_day"], item["by"]):
        if item["state"] is PlanState.PUBLIC_DRAFT:
            publish_plan_draft(tx, cycle_id=cycle_id, comments_until=item["comments_until"])
        elif item["state"] is PlanState.READY:
            declare_plan_ready(tx, cycle_id=cycle_id)
        else:
            act = context.lookup(context.acts, item["act"], "act")
            approve_plan(tx, cycle_id=cycle_id, act_id=act.id)


def _block_id(context: Context, chapter_id: int, item: PlanItem) -> int | None:
    """The paragraph that is meant; None for the whole chapter."""
    if item["from_log"]:
        return generate_consultation_block(context.tx, chapter_id=chapter_id).id
    if item["body"]:
        written = write_paragraph(
            context.tx, chapter_id=chapter_id, body=item["body"], demo=item["demo"]
        )
        return written.id
    return _with_words(context, chapter_id, item["words"]) if item["words"] else None


def _with_words(context: Context, chapter_id: int, words: str) -> int:
    standing = Block.current.has(BlockVersion.body.contains(words, autoescape=True))
    query = select(Block.id).where(Block.chapter_id == chapter_id, Block.rank.is_not(None))
    found = list(context.tx.session.scalars(query.where(standing)))
    if len(found) != 1:
        reason = f"{len(found)} paragraphs of the chapter have these words: write words of just one"
        raise Fault(("words",), reason)
    return found[0]
