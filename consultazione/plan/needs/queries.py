"""Queries on needs and answers: what answers each need, and what answers none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from consultazione.plan.blocks.models import Block, BlockKind
from consultazione.plan.needs.models import BlockPriority, BlockPurpose, ChapterPriority, Purpose
from consultazione.zones.models import Chapter, Priority
from consultazione.zones.queries import chapters, priorities


@dataclass(frozen=True)
class Coverage:
    """What answers a need, or serves a priority, chapter by chapter.

    blocks: how many standing blocks of each chapter do, by chapter id. whole: the chapters
    that do as a whole.
    """

    priority: Priority
    blocks: dict[int, int]
    whole: set[int]

    @property
    def is_answered(self) -> bool:
        """True if a block, or a chapter as a whole, answers it."""
        return bool(self.blocks or self.whole)


@dataclass(frozen=True)
class Needs:
    """The coherence of a plan: needs and priorities against chapters.

    unbound: how many standing blocks of each chapter, headings left out, answer nothing, by
    chapter id; chapters that answer something as a whole are left out. is_written: False while
    the plan has no standing block at all.
    """

    chapters: list[Chapter]
    needs: list[Coverage]
    goals: list[Coverage]
    unbound: dict[int, int]
    purposes: dict[Purpose, int]
    is_written: bool


def needs_and_answers(session: Session, cycle_id: int) -> Needs:
    """The coherence of a cycle's plan."""
    rows = chapters(session, cycle_id)
    ids = [chapter.id for chapter in rows]
    blocks = _blocks_by_priority(session, ids)
    whole = _chapters_by_priority(session, ids)
    found = [
        Coverage(priority, blocks.get(priority.id, {}), whole.get(priority.id, set()))
        for priority in priorities(session, cycle_id)
    ]
    return Needs(
        chapters=rows,
        needs=[one for one in found if one.priority.is_need],
        goals=[one for one in found if not one.priority.is_need],
        unbound=_unbound(session, ids, {one for ones in whole.values() for one in ones}),
        purposes=_purposes(session, ids),
        is_written=_is_written(session, ids),
    )


def tags_of_block(session: Session, block_id: int) -> tuple[list[Priority], list[Purpose]]:
    """The needs and priorities that a block answers, and the purposes that it serves."""
    query = (
        select(Priority)
        .join(BlockPriority, BlockPriority.priority_id == Priority.id)
        .where(BlockPriority.block_id == block_id)
        .order_by(Priority.rank)
    )
    served = select(BlockPurpose.purpose).where(BlockPurpose.block_id == block_id)
    purposes = set(session.scalars(served))
    return list(session.scalars(query)), [one for one in Purpose if one in purposes]


def priorities_of_chapter(session: Session, chapter_id: int) -> list[Priority]:
    """The needs and priorities that a chapter answers as a whole."""
    query = (
        select(Priority)
        .join(ChapterPriority, ChapterPriority.priority_id == Priority.id)
        .where(ChapterPriority.chapter_id == chapter_id)
        .order_by(Priority.rank)
    )
    return list(session.scalars(query))


def _blocks_by_priority(session: Session, chapter_ids: list[int]) -> dict[int, dict[int, int]]:
    query = (
        select(BlockPriority.priority_id, Block.chapter_id, func.count())
        .join(Block, Block.id == BlockPriority.block_id)
        .where(Block.chapter_id.in_(chapter_ids), Block.rank.is_not(None))
        .group_by(BlockPriority.priority_id, Block.chapter_id)
    )
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for priority_id, chapter_id, count in session.execute(query):
        found[priority_id][chapter_id] = count
    return found


def _chapters_by_priority(session: Session, chapter_ids: list[int]) -> dict[int, set[int]]:
    query = select(ChapterPriority.priority_id, ChapterPriority.chapter_id)
    found: dict[int, set[int]] = defaultdict(set)
    for priority_id, chapter_id in session.execute(
        query.where(ChapterPriority.chapter_id.in_(chapter_ids))
    ):
        found[priority_id].add(chapter_id)
    return found


def _unbound(session: Session, chapter_ids: Iterable[int], whole: set[int]) -> dict[int, int]:
    bound = select(BlockPriority.block_id).where(BlockPriority.block_id == Block.id)
    query = select(Block.chapter_id, func.count()).where(
        Block.chapter_id.in_([one for one in chapter_ids if one not in whole]),
        Block.rank.is_not(None),
        Block.kind != BlockKind.HEADING,
        ~bound.exists(),
    )
    return dict(session.execute(query.group_by(Block.chapter_id)).all())


def _is_written(session: Session, chapter_ids: list[int]) -> bool:
    standing = exists().where(Block.chapter_id.in_(chapter_ids), Block.rank.is_not(None))
    return bool(session.scalar(select(standing)))


def _purposes(session: Session, chapter_ids: list[int]) -> dict[Purpose, int]:
    query = (
        select(BlockPurpose.purpose, func.count())
        .join(Block, Block.id == BlockPurpose.block_id)
        .where(Block.chapter_id.in_(chapter_ids), Block.rank.is_not(None))
        .group_by(BlockPurpose.purpose)
    )
    counts = dict(session.execute(query).all())
    return {purpose: counts.get(purpose, 0) for purpose in Purpose}
