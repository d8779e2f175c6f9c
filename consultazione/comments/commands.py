"""Commands on comments: writing, hiding and erasing one.

Each works in the caller's transaction, raises NotAllowed unless the actor holds the
permission of the same name, and records one event in the table's stream.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.comments.events import CommentErased, CommentHidden, CommentWritten
from consultazione.comments.models import Comment, Position
from consultazione.core import log
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.people.queries import lock_voice
from consultazione.proposals.locking import require_discussed
from consultazione.proposals.models import Proposal
from consultazione.tables.events import table_stream


def write_comment(
    tx: Transaction, *, proposal_id: int, position: Position, body: str, demo: bool = False
) -> Comment:
    """Comment on a proposal in the actor's voice, and return the comment.

    Locks the proposal FOR SHARE, so that it cannot be withdrawn meanwhile. NotFound if there
    is none; Conflict if it is not under discussion, or if the phase of the participation does
    not go on.
    """
    proposal = tx.session.get(Proposal, proposal_id, with_for_update={"read": True})
    if proposal is None:
        raise NotFound(_("There is no such proposal."))
    place = {"zone_id": proposal.table.zone_id, "table_id": proposal.table_id}
    require(tx.actor, Permission.WRITE_COMMENT, **place)
    require_discussed(tx, Permission.WRITE_COMMENT, proposal)
    person_id = acting_person(tx.actor)
    voice = lock_voice(tx, person_id, zone_id=place["zone_id"])
    comment = Comment(
        proposal_id=proposal.id,
        author_id=person_id,
        mandate_id=voice.mandate_id,
        category=voice.category,
        position=position,
        leaf=tx.next_leaf(),
        at=tx.now,
        demo=demo,
    )
    comment.keep(body)
    tx.session.add(comment)
    tx.flush()
    written = _written(comment, proposal)
    tx.record(table_stream(proposal.table_id), written, leaves={"body": comment.leaf})
    return comment


def hide_comment(tx: Transaction, *, comment_id: int, reason: str) -> Comment:
    """Hide a comment's text from the pages, for a reason, which is public.

    Locks the comment FOR UPDATE. The log keeps the text, so that its author can appeal.
    NotFound if there is no such comment; Conflict if it is hidden already.
    """
    comment, proposal = _with_its_proposal(tx, comment_id)
    require(
        tx.actor,
        Permission.HIDE_COMMENT,
        zone_id=proposal.table.zone_id,
        table_id=proposal.table_id,
    )
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


def erase_comment(tx: Transaction, *, comment_id: int, ground: str) -> Comment:
    """Erase a comment's text for good, on a stated public ground; its key is destroyed after.

    For what the law requires: a court order, or a person's right to erasure (GDPR art. 17).
    The author, the moment and the log's chain of digests stay. Locks the comment FOR UPDATE.
    NotFound if there is no such comment; Conflict if it is erased already.
    """
    comment, proposal = _with_its_proposal(tx, comment_id)
    require(tx.actor, Permission.ERASE_COMMENT, zone_id=proposal.table.zone_id)
    if comment.is_erased:
        raise Conflict(_("The text of this comment is erased already."))
    comment.hidden_at, comment.hidden_reason = tx.now, ground
    log.erase_texts(tx.session, log.position_of(tx.session, comment.leaf))
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


def _written(comment: Comment, proposal: Proposal) -> CommentWritten:
    return CommentWritten(
        comment_id=comment.id,
        proposal_id=proposal.id,
        table_id=proposal.table_id,
        mandate_id=comment.mandate_id,
        category=comment.category,
        position=comment.position,
        body=FreeText(comment.body),
    )


def _with_its_proposal(tx: Transaction, comment_id: int) -> tuple[Comment, Proposal]:
    comment = tx.session.get(Comment, comment_id, with_for_update=True)
    if comment is None:
        raise NotFound(_("There is no such comment."))
    return comment, tx.session.get_one(Proposal, comment.proposal_id)
