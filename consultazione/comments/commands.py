"""What may be done with comments: write one, hide one."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.comments.events import CommentHidden, CommentWritten
from consultazione.comments.models import Comment, Position
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotFound
from consultazione.core.events import FreeText
from consultazione.people.permissions import acting_person, require
from consultazione.people.queries import voice_of
from consultazione.proposals.commands import require_standing
from consultazione.proposals.models import Proposal
from consultazione.tables.events import table_stream


def write_comment(
    tx: Transaction, *, proposal_id: int, position: Position, body: str, demo: bool = False
) -> Comment:
    """Comment on a proposal that is under discussion, in favour, against or neither."""
    proposal = tx.session.get(Proposal, proposal_id, with_for_update={"read": True})
    if proposal is None:
        raise NotFound(_("There is no such proposal."))
    place = {"zone_id": proposal.table.zone_id, "table_id": proposal.table_id}
    require(tx.actor, "write_comment", **place)
    require_standing(proposal)
    person_id = acting_person(tx.actor)
    voice = voice_of(tx.session, person_id, zone_id=place["zone_id"], on=tx.today)
    comment = Comment(
        proposal_id=proposal.id,
        author_id=person_id,
        mandate_id=voice.mandate_id,
        category=voice.category,
        position=position,
        body=body,
        at=tx.now,
        demo=demo,
    )
    tx.session.add(comment)
    tx.flush()
    tx.record(
        table_stream(proposal.table_id),
        CommentWritten(
            comment_id=comment.id,
            proposal_id=proposal.id,
            table_id=proposal.table_id,
            mandate_id=voice.mandate_id,
            category=voice.category,
            position=position,
            body=FreeText(body),
        ),
    )
    return comment


def hide_comment(tx: Transaction, *, comment_id: int, reason: str) -> Comment:
    """Hide a comment's text from the pages, and say why: the reason is public.

    The text stays in the log, so that whoever wrote it can appeal.
    """
    comment = tx.session.get(Comment, comment_id, with_for_update=True)
    proposal = tx.session.get(Proposal, comment.proposal_id) if comment else None
    if comment is None or proposal is None:
        raise NotFound(_("There is no such comment."))
    require(tx.actor, "hide_comment", zone_id=proposal.table.zone_id, table_id=proposal.table_id)
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
