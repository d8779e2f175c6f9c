"""The job that makes the digest of a long discussion."""

from __future__ import annotations

from consultazione.comments.digests.keeping import keep_digest
from consultazione.comments.events import (
    CommentEdited,
    CommentErased,
    CommentHidden,
    CommentShown,
    CommentWithdrawn,
    CommentWritten,
)
from consultazione.core.db import Transaction
from consultazione.core.log import Entry

_CHANGED = CommentEdited | CommentWithdrawn | CommentHidden | CommentShown | CommentErased


def digest(tx: Transaction, entry: Entry) -> None:
    """A comment was written, changed, or may be read no more or again: make the digest anew."""
    event = entry.event
    assert isinstance(event, CommentWritten | _CHANGED)
    keep_digest(
        tx,
        proposal_id=event.proposal_id,
        table_id=event.table_id,
        number=entry.number,
        is_new=isinstance(event, CommentWritten),
    )
