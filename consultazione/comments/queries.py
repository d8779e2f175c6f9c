"""Queries on comments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from consultazione.comments.models import Comment, CommentVersion, Position
from consultazione.core import log
from consultazione.core.errors import NotFound
from consultazione.core.paging import page_start
from consultazione.people.models import Mandate

COMMENTS_A_PAGE = 40
VERSIONS_A_PAGE = 10
_SHOWN = (Comment.hidden_at.is_(None), Comment.withdrawn_at.is_(None))
_WITH_AUTHOR = (
    joinedload(Comment.author),
    joinedload(Comment.mandate).joinedload(Mandate.organisation),
)


def get_comment(session: Session, comment_id: int) -> Comment:
    """A comment by id, with its author loaded; NotFound if there is none."""
    comment = session.get(Comment, comment_id, options=_WITH_AUTHOR)
    if comment is None:
        raise NotFound(_("There is no such comment."))
    return comment


def comments(session: Session, proposal_id: int, *, after: int = 0, limit: int) -> list[Comment]:
    """A proposal's comments with ids above `after`, oldest first, hidden ones included."""
    query = (
        select(Comment)
        .options(*_WITH_AUTHOR)
        .where(Comment.proposal_id == proposal_id, Comment.id > after)
        .order_by(Comment.id)
        .limit(limit)
    )
    found = list(session.scalars(query))
    words = log.words(session, [comment.leaf for comment in found])
    for comment in found:
        comment.keep(words.get(comment.leaf, ""))
    return found


@dataclass(frozen=True)
class Said:
    """What a comment said in one version; `version.number` counts from 1."""

    version: CommentVersion
    body: str


def versions_of(
    session: Session, comment_id: int, *, below: int | None = None, limit: int
) -> list[Said]:
    """What a comment has said, the newest first; the words of an erased one are empty.

    below: only versions with numbers below it, if given.
    """
    wanted = select(CommentVersion).where(CommentVersion.comment_id == comment_id)
    if below:
        wanted = wanted.where(CommentVersion.number < below)
    found = list(session.scalars(wanted.order_by(CommentVersion.number.desc()).limit(limit)))
    words = log.words(session, [version.leaf for version in found])
    return [Said(version, words.get(version.leaf, "")) for version in found]


def page_of_comment(session: Session, comment: Comment) -> int:
    """The id after which this comment's page begins; 0 for the first page."""
    same = Comment.proposal_id == comment.proposal_id
    return page_start(session, Comment.id, comment.id, COMMENTS_A_PAGE, same)


def count_positions(session: Session, proposal_id: int) -> dict[Position, int]:
    """The number of visible comments on a proposal by position."""
    query = (
        select(Comment.position, func.count())
        .where(Comment.proposal_id == proposal_id, *_SHOWN)
        .group_by(Comment.position)
    )
    return dict(session.execute(query).all())


def count_comments(session: Session, proposal_ids: Iterable[int]) -> dict[int, int]:
    """The number of visible comments by proposal id; proposals without any are left out."""
    query = (
        select(Comment.proposal_id, func.count())
        .where(Comment.proposal_id.in_(list(proposal_ids)), *_SHOWN)
        .group_by(Comment.proposal_id)
    )
    return dict(session.execute(query).all())
