"""What several commands on comments share: taking one in hand, and keeping what it says."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import BigInteger, select

from consultazione.comments.events import CommentWithdrawn
from consultazione.comments.models import Comment, CommentVersion
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotFound
from consultazione.core.log import EntryRow
from consultazione.core.permissions import Permission
from consultazione.proposals.locking import require_at, require_discussed
from consultazione.proposals.models import Proposal


def comment_in_hand(
    tx: Transaction, comment_id: int, permission: Permission
) -> tuple[Comment, Proposal]:
    """A comment, locked FOR UPDATE, and its proposal, FOR SHARE: nobody withdraws it meanwhile.

    NotFound if there is no such comment; NotAllowed without the permission at the table.
    """
    comment = tx.session.get(Comment, comment_id, with_for_update=True)
    if comment is None:
        raise NotFound(_("There is no such comment."))
    proposal = tx.session.get_one(Proposal, comment.proposal_id, with_for_update={"read": True})
    require_at(tx, permission, proposal)
    return comment, proposal


def require_open_to_comments(tx: Transaction, proposal: Proposal) -> None:
    """Conflict if no comment can be written on a proposal now, by whatever way."""
    require_discussed(tx, Permission.WRITE_COMMENT, proposal)


def versions_in_hand(tx: Transaction, comment: Comment) -> list[CommentVersion]:
    """All that a comment in hand has said, the oldest first."""
    wanted = select(CommentVersion).where(CommentVersion.comment_id == comment.id)
    return list(tx.session.scalars(wanted.order_by(CommentVersion.number)))


def withdrawal_of(tx: Transaction, comment: Comment, stream: str) -> int:
    """The position of the entry by which a comment was withdrawn; it must have been."""
    entry = select(EntryRow.position).where(
        EntryRow.stream == stream,
        EntryRow.kind == CommentWithdrawn.kind,
        EntryRow.data["comment_id"].astext.cast(BigInteger) == comment.id,
    )
    return tx.session.scalars(entry).one()


def require_not_withdrawn(comment: Comment) -> None:
    """Conflict if the author has withdrawn the comment."""
    if comment.withdrawn_at is not None:
        raise Conflict(_("This comment is withdrawn already."))


def keep_version(tx: Transaction, comment: Comment, reason: str | None = None) -> None:
    """Keep what a comment says now, under the number of its version."""
    tx.session.add(
        CommentVersion(
            comment_id=comment.id,
            number=comment.version,
            position=comment.position,
            leaf=comment.leaf,
            reason=reason,
            at=tx.now,
        )
    )
