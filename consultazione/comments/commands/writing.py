"""Writing a comment on a proposal, changing and withdrawing one's own."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.comments.anchors import Anchor, require_paragraph
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
from consultazione.people.speaking.choosing import lock_chosen_voice
from consultazione.proposals.locking import require_discussed, require_own, require_version
from consultazione.proposals.models import Proposal
from consultazione.tables.events import table_stream
from consultazione.tables.holding.steps import require_no_wait


def write_comment(
    tx: Transaction,
    *,
    proposal_id: int,
    position: Position,
    body: str,
    anchor: Anchor | None = None,
    voice: int | None = None,
    by_mail: bool = False,
    demo: bool = False,
    is_released: bool = False,
) -> Comment:
    """Comment on a proposal in the actor's voice, and return the comment.

    anchor: of which paragraph it speaks; Invalid on `paragraph` if the text has none of that place.
    voice: as in `speaking.choosing`. Locks the proposal FOR SHARE, so that it cannot be withdrawn
    meanwhile. NotFound if there is none; Conflict if it is not under discussion, or if the phase
    of the participation does not go on. is_released: it waited until somebody had read it; Conflict
    where texts wait, unless it is. by_mail: it came as an answer to a mail, and says so.
    """
    proposal = tx.session.get(Proposal, proposal_id, with_for_update={"read": True})
    if proposal is None:
        raise NotFound(_("There is no such proposal."))
    place = {"zone_id": proposal.table.zone_id, "table_id": proposal.table_id}
    require(tx.actor, Permission.WRITE_COMMENT, **place)
    if not is_released:
        require_no_wait(tx, proposal.table_id)
    require_discussed(tx, Permission.WRITE_COMMENT, proposal)
    if anchor is not None:
        require_paragraph(tx.session, proposal.id, anchor)
    return _write(
        tx, proposal, position, body, anchor=anchor, voice=voice, by_mail=by_mail, demo=demo
    )


def reply_to_comment(
    tx: Transaction, *, comment_id: int, body: str, by_mail: bool = False
) -> Comment:
    """Answer a comment in the actor's voice, and return the reply.

    Who answers a reply answers the comment that it is below. by_mail: as above. Locks the comment
    FOR UPDATE. NotFound if there is none; Conflict if it is hidden or withdrawn, its proposal is
    not discussed, or texts are read first at the table.
    """
    answered, proposal = comment_in_hand(tx, comment_id, Permission.REPLY_TO_COMMENT)
    _require_shown(answered)
    require_no_wait(tx, proposal.table_id)
    require_discussed(tx, Permission.REPLY_TO_COMMENT, proposal)
    above = answered.parent_id or answered.id
    return _write(tx, proposal, Position.NEUTRAL, body, parent_id=above, by_mail=by_mail)


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


def _write(
    tx: Transaction,
    proposal: Proposal,
    position: Position,
    body: str,
    *,
    anchor: Anchor | None = None,
    parent_id: int | None = None,
    voice: int | None = None,
    by_mail: bool = False,
    demo: bool = False,
) -> Comment:
    person_id = acting_person(tx.actor)
    spoken = lock_chosen_voice(tx, person_id, zone_id=proposal.table.zone_id, chosen=voice)
    comment = Comment(
        proposal_id=proposal.id,
        author_id=person_id,
        mandate_id=spoken.mandate_id,
        category=spoken.category,
        position=position,
        parent_id=parent_id,
        part=anchor.part if anchor else None,
        paragraph=anchor.paragraph if anchor else None,
        text_version=anchor.version if anchor else None,
        leaf=tx.next_leaf(),
        version=1,
        at=tx.now,
        by_mail=by_mail,
        demo=demo,
    )
    comment.keep(body)
    tx.session.add(comment)
    tx.flush()
    keep_version(tx, comment)
    written = _written(comment, proposal)
    tx.record(table_stream(proposal.table_id), written, leaves={"body": comment.leaf})
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
        parent_id=comment.parent_id,
        part=comment.part,
        paragraph=comment.paragraph,
        text_version=comment.text_version,
        by_mail=comment.by_mail,
    )
