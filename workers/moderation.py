"""The job that looks at what was just written, for those who moderate."""

from __future__ import annotations

from consultazione.comments.events import CommentEdited, CommentWritten
from consultazione.core.db import Transaction
from consultazione.core.log import Entry
from consultazione.moderation.commands.raising import raise_text
from consultazione.moderation.models import TextKind
from consultazione.proposals.events import ProposalEdited, ProposalSubmitted


def look_at_proposal(tx: Transaction, entry: Entry) -> None:
    """A proposal was handed in or changed: put it into the queue if something is striking."""
    assert isinstance(entry.event, ProposalSubmitted | ProposalEdited)
    raise_text(tx, kind=TextKind.PROPOSAL, text_id=entry.event.proposal_id)


def look_at_comment(tx: Transaction, entry: Entry) -> None:
    """The same of a comment."""
    assert isinstance(entry.event, CommentWritten | CommentEdited)
    raise_text(tx, kind=TextKind.COMMENT, text_id=entry.event.comment_id)
