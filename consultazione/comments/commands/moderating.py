"""Hiding a comment, showing it again, and erasing its text for good."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.comments.events import CommentErased, CommentHidden, CommentShown
from consultazione.comments.models import Comment
from consultazione.comments.steps import comment_in_hand, versions_in_hand, withdrawal_of
from consultazione.core import log
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission
from consultazione.tables.events import table_stream


def hide_comment(tx: Transaction, *, comment_id: int, reason: str) -> Comment:
    """Hide a comment's text from the pages, for a reason, which is public.

    Locks the comment FOR UPDATE. The log keeps the text, so that its author can appeal.
    NotFound if there is no such comment; Conflict if it is hidden already.
    """
    comment, proposal = comment_in_hand(tx, comment_id, Permission.HIDE_COMMENT)
    if comment.hidden_at is not None:
        raise Conflict(_("This comment is hidden already."))
    comment.hidden_at = tx.now
    comment.hidden_reason = reason
    tx.record(
        table_stream(proposal.table_id),
        CommentHidden(
            comment_id=comment.id,
            proposal_id=proposal.id,
            table_id=proposal.table_id,
            reason=FreeText(reason),
        ),
    )
    return comment


def show_comment(tx: Transaction, *, comment_id: int, reason: str) -> Comment:
    """Show a hidden comment again, for a reason, which is public; the author's appeal was right.

    Locks the comment FOR UPDATE. NotFound if there is no such comment; Conflict if it is not
    hidden, or its text was erased for good.
    """
    comment, proposal = comment_in_hand(tx, comment_id, Permission.SHOW_COMMENT)
    if comment.is_erased:
        raise Conflict(_("The text of this comment is erased for good."))
    if comment.hidden_at is None:
        raise Conflict(_("This comment is not hidden."))
    comment.hidden_at = comment.hidden_reason = None
    tx.record(
        table_stream(proposal.table_id),
        CommentShown(
            comment_id=comment.id,
            proposal_id=proposal.id,
            table_id=proposal.table_id,
            reason=FreeText(reason),
        ),
    )
    return comment


def erase_comment(tx: Transaction, *, comment_id: int, ground: str) -> Comment:
    """Erase a comment's text for good, on a stated public ground; its key is destroyed after.

    For what the law requires: a court order, or a person's right to erasure (GDPR art. 17).
    All that it has said before goes with it, and why its author has withdrawn it. The author, the
    moment and the log's chain of digests stay. Locks the comment FOR UPDATE. NotFound if there is
    no such comment; Conflict if it is erased already.
    """
    comment, proposal = comment_in_hand(tx, comment_id, Permission.ERASE_COMMENT)
    if comment.is_erased:
        raise Conflict(_("The text of this comment is erased already."))
    comment.hidden_at, comment.hidden_reason = tx.now, ground
    for version in versions_in_hand(tx, comment):
        log.erase_texts(tx.session, log.position_of(tx.session, version.leaf))
        version.reason = None
    if comment.withdrawn_at is not None:
        log.erase_texts(tx.session, withdrawal_of(tx, comment, table_stream(proposal.table_id)))
        comment.withdrawn_reason = None
    comment.keep("")
    tx.record(
        table_stream(proposal.table_id),
        CommentErased(
            comment_id=comment.id,
            proposal_id=proposal.id,
            table_id=proposal.table_id,
            ground=FreeText(ground),
        ),
    )
    return comment
