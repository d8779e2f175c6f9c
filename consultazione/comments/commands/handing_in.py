"""Handing a comment in: written at once, or kept where somebody reads texts first."""

from __future__ import annotations

from dataclasses import asdict

from consultazione.comments.anchors import Anchor
from consultazione.comments.commands.writing import write_comment
from consultazione.comments.models import Comment, Position
from consultazione.comments.steps import require_open_to_comments
from consultazione.core.db import Transaction
from consultazione.core.permissions import Permission
from consultazione.proposals.locking import lock, require_at
from consultazione.tables.holding.models import HeldKind, HeldText
from consultazione.tables.holding.steps import hold, waits_at


def hand_in_comment(
    tx: Transaction,
    *,
    proposal_id: int,
    position: Position,
    body: str,
    anchor: Anchor | None = None,
    voice: int | None = None,
    by_mail: bool = False,
    must_wait: bool = False,
) -> Comment | HeldText:
    """Comment on a proposal, or keep the comment until somebody who moderates has read it.

    voice: as in `speaking.choosing`. by_mail: as in `write_comment`. must_wait: True if it is read
    first whatever the table does. Locks the proposal FOR UPDATE. Raises as `write_comment` does.
    """
    proposal = lock(tx, proposal_id)
    require_at(tx, Permission.HAND_IN_COMMENT, proposal)
    if not must_wait and not waits_at(tx.session, proposal.table_id):
        return write_comment(
            tx,
            proposal_id=proposal_id,
            position=position,
            body=body,
            anchor=anchor,
            voice=voice,
            by_mail=by_mail,
        )
    require_open_to_comments(tx, proposal)
    content = {
        "proposal_id": proposal_id,
        "position": position.value,
        "body": body,
        "anchor": asdict(anchor) if anchor else None,
        "voice": voice,
        "by_mail": by_mail,
    }
    return hold(tx, table_id=proposal.table_id, kind=HeldKind.COMMENT, content=content)
