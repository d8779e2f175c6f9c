"""Queries on comments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import lazy_gettext as _
from sqlalchemy import BigInteger, ColumnElement, Text, cast, func, literal, select
from sqlalchemy.dialects.postgresql import BIT
from sqlalchemy.orm import Session, joinedload

from consultazione.comments.models import Comment, CommentVersion, Position
from consultazione.core import log
from consultazione.core.errors import NotFound
from consultazione.core.paging import page_start
from consultazione.people.models import Mandate
from consultazione.proposals.models import Proposal, ProposalState

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
    _read(session, found)
    return found


class Order(StrEnum):
    """The order of the comments on a proposal; replies stand below theirs, the oldest first."""

    MIXED = "mixed"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True)
class Thread:
    """A comment with its replies, and the key from which the next page goes on."""

    comment: Comment
    replies: list[Comment]
    key: int


def threads(
    session: Session, proposal_id: int, *, order: Order, seed: str, after: int, limit: int
) -> list[Thread]:
    """A proposal's comments with their replies, hidden ones included; those after a key.

    seed: what the mixed order follows from, such as the reader and the day: nobody is always first.
    """
    key = _key(order, seed)
    query = (
        select(Comment, key)
        .options(*_WITH_AUTHOR)
        .where(Comment.proposal_id == proposal_id, Comment.parent_id.is_(None))
        .order_by(key.desc() if order is Order.NEWEST else key, Comment.id)
        .limit(limit)
    )
    if after:
        query = query.where(key < after if order is Order.NEWEST else key > after)
    found = [(row[0], int(row[1])) for row in session.execute(query)]
    below = _replies(session, [comment.id for comment, _key_of in found])
    _read(session, [*(c for c, _k in found), *(r for replies in below.values() for r in replies)])
    return [Thread(comment, below.get(comment.id, []), place) for comment, place in found]


def _key(order: Order, seed: str) -> ColumnElement[int]:
    """By what comments are ordered; of the mixed order 60 bits of a digest."""
    if order is not Order.MIXED:
        return Comment.id.expression
    digest = func.md5(literal(seed) + ":" + cast(Comment.id, Text))
    bits = cast(literal("x") + func.substr(digest, 1, 15), BIT(60))
    return cast(bits, BigInteger)


def _replies(session: Session, comment_ids: list[int]) -> dict[int, list[Comment]]:
    query = (
        select(Comment)
        .options(*_WITH_AUTHOR)
        .where(Comment.parent_id.in_(comment_ids))
        .order_by(Comment.id)
    )
    found: dict[int, list[Comment]] = defaultdict(list)
    for reply in session.scalars(query) if comment_ids else ():
        found[reply.parent_id or 0].append(reply)
    return found


def _read(session: Session, found: Iterable[Comment]) -> None:
    """Have the words of comments at hand, read in one query."""
    rows = list(found)
    words = log.words(session, [comment.leaf for comment in rows])
    for comment in rows:
        comment.keep(words.get(comment.leaf, ""))


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
    """The id after which this comment's page begins in the oldest order; 0 for the first page."""
    same = (Comment.proposal_id == comment.proposal_id) & Comment.parent_id.is_(None)
    above = comment.parent_id or comment.id
    return page_start(session, Comment.id, above, COMMENTS_A_PAGE, same)


def comment_is_left(session: Session, comment: Comment) -> bool:
    """True if its proposal continues in another, so that its own page has to be asked for."""
    state = select(Proposal.state).where(Proposal.id == comment.proposal_id)
    return session.scalar(state) is ProposalState.SUPERSEDED


def count_positions(session: Session, proposal_id: int) -> dict[Position, int]:
    """The number of visible comments on a proposal by position; replies take none."""
    query = (
        select(Comment.position, func.count())
        .where(Comment.proposal_id == proposal_id, Comment.parent_id.is_(None), *_SHOWN)
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
