"""Comments on proposals that somebody follows."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import Select
from sqlalchemy.orm import Session

from consultazione.comments.events import CommentWritten
from consultazione.comments.queries import get_comment
from consultazione.core.actor import Actor
from consultazione.core.log import Entry
from consultazione.core.text import excerpt
from consultazione.notices.audience import followers
from consultazione.notices.models import Group, SubjectKind
from consultazione.notices.told import Told
from consultazione.notices.topics.wording import of_proposal, who_spoke


class CommentAdded:
    """Somebody commented on a proposal."""

    name = "comment_added"
    group = Group.DISCUSSION
    events = (CommentWritten,)

    def audience(self, session: Session, entry: Entry) -> Select[Any]:
        """Who follows the proposal."""
        return followers(entry.at, (SubjectKind.PROPOSAL, _event(entry).proposal_id))

    def told(self, session: Session, entry: Entry, reader: Actor) -> Told | None:
        """Nothing once the comment is hidden, withdrawn or erased, or its author is blocked."""
        comment = get_comment(session, _event(entry).comment_id)
        if not comment.is_shown or comment.author.blocked_at is not None:
            return None
        return of_proposal(
            session,
            comment.proposal_id,
            _("Comment by %(who)s", who=who_spoke(comment.author, comment.mandate)),
            path=f"/osservazioni/{comment.id}",
            quote=excerpt(comment.body),
            comment_id=comment.id,
        )


def _event(entry: Entry) -> CommentWritten:
    assert isinstance(entry.event, CommentWritten)
    return entry.event
