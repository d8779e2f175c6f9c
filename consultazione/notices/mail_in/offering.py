"""What a mail of one notice can be answered with."""

from __future__ import annotations

from sqlalchemy.orm import Session

from consultazione.comments.queries import get_comment
from consultazione.core.permissions import Permission
from consultazione.notices.mail_in.tokens import Purpose
from consultazione.notices.told import Answerable
from consultazione.proposals.models import Proposal
from consultazione.proposals.queries import get_proposal
from consultazione.tables.holding.steps import waits_at
from consultazione.zones.phases.when import barred


def offered(session: Session, told: Answerable | None) -> tuple[Purpose, int] | None:
    """What an answer to a notice would be, and to which object; None if it would be refused now.

    Where texts are read first, a reply to a comment cannot be handed in at all; one to a proposal
    waits.
    """
    if told is None:
        return None
    if told.comment_id is None:
        proposal = get_proposal(session, told.proposal_id)
        return (Purpose.PROPOSAL, proposal.id) if _is_open(session, proposal) else None
    comment = get_comment(session, told.comment_id)
    proposal = get_proposal(session, comment.proposal_id)
    if not comment.is_shown or waits_at(session, proposal.table_id):
        return None
    return (Purpose.COMMENT, comment.id) if _is_open(session, proposal) else None


def _is_open(session: Session, proposal: Proposal) -> bool:
    if not proposal.is_standing or proposal.hidden_at is not None:
        return False
    return barred(session, Permission.WRITE_COMMENT, proposal.table.cycle_id) is None
