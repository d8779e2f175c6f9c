"""Queries on comments and suggestions on blocks, and on those that wait for an answer."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from consultazione.core.errors import NotFound
from consultazione.people.models import Mandate
from consultazione.plan.blocks.models import Block
from consultazione.plan.discussion.models import BlockComment, BlockSuggestion, SuggestionState
from consultazione.zones.models import Chapter


def get_comment(session: Session, comment_id: int) -> BlockComment:
    """A comment on a block by id; NotFound if there is none."""
    comment = session.scalar(_comments().where(BlockComment.id == comment_id))
    if comment is None:
        raise NotFound(_("There is no such comment."))
    return comment


def get_suggestion(session: Session, suggestion_id: int) -> BlockSuggestion:
    """A suggested change by id; NotFound if there is none."""
    suggestion = session.scalar(_suggestions().where(BlockSuggestion.id == suggestion_id))
    if suggestion is None:
        raise NotFound(_("There is no such suggestion."))
    return suggestion


def comments_on(session: Session, block_id: int) -> list[BlockComment]:
    """The comments on a block, oldest first."""
    query = _comments().where(BlockComment.block_id == block_id)
    return list(session.scalars(query.order_by(BlockComment.id)))


def suggestions_on(session: Session, block_id: int) -> list[BlockSuggestion]:
    """The suggested changes of a block, oldest first."""
    query = _suggestions().where(BlockSuggestion.block_id == block_id)
    return list(session.scalars(query.order_by(BlockSuggestion.id)))


def waiting_comments(session: Session, cycle_id: int, limit: int) -> list[BlockComment]:
    """The comments on a cycle's plan without an answer, oldest first."""
    query = _comments().where(Chapter.cycle_id == cycle_id, BlockComment.answered_at.is_(None))
    return list(session.scalars(query.order_by(BlockComment.id).limit(limit)))


def waiting_suggestions(session: Session, cycle_id: int, limit: int) -> list[BlockSuggestion]:
    """The suggested changes of a cycle's plan that are not decided, oldest first."""
    pending = BlockSuggestion.state == SuggestionState.PENDING
    query = _suggestions().where(Chapter.cycle_id == cycle_id, pending)
    return list(session.scalars(query.order_by(BlockSuggestion.id).limit(limit)))


def count_said(session: Session, block_ids: Iterable[int]) -> dict[int, int]:
    """How many comments and suggestions there are on blocks, by block id; 0 is left out."""
    ids, counted = list(block_ids), dict[int, int]()
    for model in (BlockComment, BlockSuggestion):
        query = select(model.block_id, func.count()).where(model.block_id.in_(ids))
        for block_id, count in session.execute(query.group_by(model.block_id)):
            counted[block_id] = counted.get(block_id, 0) + count
    return counted


def _comments() -> Select[BlockComment]:
    return (
        select(BlockComment)
        .join(BlockComment.block)
        .join(Block.chapter)
        .options(
            contains_eager(BlockComment.block).contains_eager(Block.chapter),
            joinedload(BlockComment.author),
            joinedload(BlockComment.mandate).joinedload(Mandate.organisation),
        )
    )


def _suggestions() -> Select[BlockSuggestion]:
    return (
        select(BlockSuggestion)
        .join(BlockSuggestion.block)
        .join(Block.chapter)
        .options(
            contains_eager(BlockSuggestion.block).contains_eager(Block.chapter),
            joinedload(BlockSuggestion.author),
            joinedload(BlockSuggestion.mandate).joinedload(Mandate.organisation),
        )
    )
