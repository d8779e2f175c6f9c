"""Queries on the plan: chapters, paragraphs and contributions, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from consultazione.core.errors import NotFound
from consultazione.core.paging import page_start
from consultazione.outcomes.models import Outcome, OutcomeItem
from consultazione.plan.blocks.models import Block, BlockKind
from consultazione.plan.models import AnswerDraft, Contribution, ContributionState
from consultazione.tables.models import ThematicTable
from consultazione.zones.models import Chapter
from consultazione.zones.queries import chapters

CONTRIBUTIONS_A_PAGE = 25


@dataclass(frozen=True)
class ChapterStatus:
    """The progress of a chapter; `waiting`, `answered`: numbers of contributions.

    paragraphs: how many standing blocks it has, headings left out. blocks: all of them.
    """

    chapter: Chapter
    paragraphs: int
    waiting: int
    answered: int
    blocks: int

    @property
    def is_missing(self) -> bool:
        """True if the chapter is mandatory and has no text yet; headings are none."""
        return self.chapter.mandatory and not self.paragraphs


def plan_status(session: Session, cycle_id: int) -> list[ChapterStatus]:
    """The status of every chapter of a cycle's plan, by number."""
    rows = chapters(session, cycle_id)
    ids = [chapter.id for chapter in rows]
    stands = Block.rank.is_not(None)
    written = _counts(session, Block.chapter_id, ids, stands, Block.kind != BlockKind.HEADING)
    blocks = _counts(session, Block.chapter_id, ids, stands)
    pending = Contribution.state == ContributionState.PENDING
    waiting = _counts(session, Contribution.chapter_id, ids, pending)
    answered = _counts(session, Contribution.chapter_id, ids, ~pending)
    return [
        ChapterStatus(
            c, *(counted.get(c.id, 0) for counted in (written, waiting, answered, blocks))
        )
        for c in rows
    ]


def chapter_by_number(session: Session, cycle_id: int, number: int) -> Chapter:
    """A chapter of a cycle's plan by its number; NotFound if there is none."""
    chapter = session.scalar(select(Chapter).filter_by(cycle_id=cycle_id, number=number))
    if chapter is None:
        raise NotFound(_("The plan has no such chapter."))
    return chapter


def blocks_of(
    session: Session, chapter_ids: Iterable[int], *, after: int = 0, most: int | None = None
) -> list[Block]:
    """The standing blocks of chapters, by chapter and rank, with their contributions loaded.

    after, most: of each chapter only those with ranks above the one and up to the other.
    """
    query = (
        select(Block)
        .options(selectinload(Block.contributions).joinedload(Contribution.item))
        .where(Block.chapter_id.in_(list(chapter_ids)), Block.rank > after)
        .order_by(Block.chapter_id, Block.rank)
    )
    if most is not None:
        query = query.where(Block.rank <= most)
    return list(session.scalars(query))


def get_block(session: Session, block_id: int) -> Block:
    """A block by id, standing or not, with its contributions loaded; NotFound if there is none."""
    origins = selectinload(Block.contributions).joinedload(Contribution.item)
    block = session.get(Block, block_id, options=[origins, joinedload(Block.chapter)])
    if block is None:
        raise NotFound(_("The plan has no such paragraph."))
    return block


def get_contribution(session: Session, contribution_id: int) -> Contribution:
    """A contribution by id, with its chapter and item loaded; NotFound if there is none."""
    contribution = session.scalar(_contributions().where(Contribution.id == contribution_id))
    if contribution is None:
        raise NotFound(_("There is no such contribution."))
    return contribution


def contributions(
    session: Session, chapter_id: int, *, after: int = 0, limit: int
) -> list[Contribution]:
    """A chapter's contributions with ids above `after`, oldest first."""
    query = _contributions().where(Contribution.chapter_id == chapter_id, Contribution.id > after)
    return list(session.scalars(query.order_by(Contribution.id).limit(limit)))


def count_contributions(session: Session, chapter_id: int, *, until: int) -> int:
    """The number of contributions to a chapter with ids up to `until`."""
    query = select(func.count()).where(
        Contribution.chapter_id == chapter_id, Contribution.id <= until
    )
    return session.scalar(query) or 0


def page_of_contribution(session: Session, contribution: Contribution) -> int:
    """The id after which this contribution's page of its chapter begins; 0 for the first."""
    same = Contribution.chapter_id == contribution.chapter_id
    return page_start(session, Contribution.id, contribution.id, CONTRIBUTIONS_A_PAGE, same)


def contributions_after(
    session: Session, cycle_id: int, *, after: int, limit: int, waiting: bool | None = None
) -> list[Contribution]:
    """A cycle's contributions with ids above `after`, by id.

    waiting: only those that await an answer (True) or have one (False); all if None.
    """
    query = _contributions().where(Chapter.cycle_id == cycle_id, Contribution.id > after)
    if waiting is not None:
        pending = Contribution.state == ContributionState.PENDING
        query = query.where(pending if waiting else ~pending)
    return list(session.scalars(query.order_by(Contribution.id).limit(limit)))


def table_names(session: Session, rows: Iterable[Contribution]) -> dict[int, str]:
    """The name of the table that each contribution comes from, by contribution id."""
    query = (
        select(Contribution.id, ThematicTable.name)
        .join(Contribution.item)
        .join(Outcome, Outcome.id == OutcomeItem.outcome_id)
        .join(ThematicTable, ThematicTable.id == Outcome.table_id)
        .where(Contribution.id.in_([contribution.id for contribution in rows]))
    )
    return dict(session.execute(query).all())


def forwarded_items(session: Session, outcome_id: int) -> set[int]:
    """The ids of an outcome's items that have been forwarded."""
    query = (
        select(Contribution.item_id)
        .join(Contribution.item)
        .where(OutcomeItem.outcome_id == outcome_id)
    )
    return set(session.scalars(query))


def _contributions() -> Select[Contribution]:
    return (
        select(Contribution)
        .join(Contribution.chapter)
        .options(joinedload(Contribution.chapter), joinedload(Contribution.item))
    )


def _counts(session: Session, column: Any, ids: list[int], *conditions: Any) -> dict[int, int]:
    query = select(column, func.count()).where(column.in_(ids), *conditions).group_by(column)
    return dict(session.execute(query).all())


def draft_of(session: Session, contribution_id: int) -> AnswerDraft | None:
    """The answer that is prepared for a contribution, if there is one."""
    return session.get(AnswerDraft, contribution_id)


def prepared(session: Session, cycle_id: int) -> set[int]:
    """The ids of a cycle's contributions for which an answer is prepared."""
    query = (
        select(AnswerDraft.contribution_id)
        .join(Contribution, Contribution.id == AnswerDraft.contribution_id)
        .join(Contribution.chapter)
        .where(Chapter.cycle_id == cycle_id)
    )
    return set(session.scalars(query))
