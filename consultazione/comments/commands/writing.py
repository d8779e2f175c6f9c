"""Writing a comment on a proposal, changing and withdrawing one's own."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.comments.events import CommentEdited, CommentWithdrawn, CommentWritten
from consultazione.comments.models import Comment, Position
from consultazione.comments.steps import (
    comment_in_hand,
    keep_version,
    require_not_withdrawn,
)
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.people.queries import lock_voice
from consultazione.proposals.locking import require_discussed, require_own, require_version
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
        version=1,
        at=tx.now,
        demo=demo,
    )
    comment.keep(body)
    tx.session.add(comment)
    tx.flush()
    keep_version(tx, comment)
    written = _written(comment, proposal)
    tx.record(table_stream(proposal.table_id), written, leaves={"body": comment.leaf})
    return comment


def edit_comment(
    tx: Transaction, *, comment_id: int, version: int, position: Position, body: str, reason: str
) -> Comment:
    """Change a comment of the actor's own, for a reason, and return it.

    version: the number of the text that the author has read; Conflict on that field if there is
    a later one. Locks the comment FOR UPDATE. NotFound if there is none; NotAllowed for anybody
    but the author; Conflict if it is hidden or withdrawn, or its proposal is not discussed any
    more; Invalid if nothing is changed.
    """
    comment, proposal = comment_in_hand(tx, comment_id, Permission.EDIT_COMMENT)
    require_own(tx, comment.author_id, _("Only the author may change a comment."))
    _require_shown(comment)
    require_discussed(tx, Permission.EDIT_COMMENT, proposal)
    require_version(comment.version, version)
    if (position, body) == (comment.position, comment.body):
        raise Invalid.at("body", _("This text is the same as before: nothing was changed."))
    comment.version += 1
    comment.position, comment.leaf = position, tx.next_leaf()
    comment.keep(body)
    keep_version(tx, comment, reason)
    edited = CommentEdited(
        comment_id=comment.id,
        proposal_id=proposal.id,
        table_id=proposal.table_id,
        version=comment.version,
        position=position,
        body=FreeText(body),
        reason=FreeText(reason),
    )
    tx.record(table_stream(proposal.table_id), edited, leaves={"body": comment.leaf})
    return comment


def withdraw_comment(tx: Transaction, *, comment_id: int, reason: str) -> Comment:
    """Withdraw a comment of the actor's own, for a reason that stands in its place.

    Locks the comment FOR UPDATE. NotFound if there is none; NotAllowed for anybody but the
    author; Conflict if it is withdrawn already, or its text was erased.
    """
    comment, proposal = comment_in_hand(tx, comment_id, Permission.WITHDRAW_COMMENT)
    require_own(tx, comment.author_id, _("Only the author may withdraw a comment."))
    require_not_withdrawn(comment)
    if comment.is_erased:
        raise Conflict(_("The text of this comment is erased for good."))
    comment.withdrawn_at, comment.withdrawn_reason = tx.now, reason
    withdrawn = CommentWithdrawn(
        comment_id=comment.id,
        proposal_id=proposal.id,
        table_id=proposal.table_id,
        reason=FreeText(reason),
    )
    tx.record(table_stream(proposal.table_id), withdrawn)
    return comment


def _require_shown(comment: Comment) -> None:
    require_not_withdrawn(comment)
    if comment.hidden_at is not None:
        raise Conflict(_("This comment is hidden, so its text cannot be changed."))


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
