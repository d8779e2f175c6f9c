"""What referrals must say by the log of their table, and bodies by that of their zone."""

from __future__ import annotations

from consultazione.core.audit import AT, OF_STREAM, Audit, Is, adds, register, sets
from consultazione.proposals.referrals.models import ProposalReferral, ReceivingBody

BODY = Audit(
    ReceivingBody,
    adds(
        "receiving_body.added",
        id="receiving_body_id",
        zone_id=OF_STREAM,
        name="called",
        address="address",
        added_at=AT,
        retired_at=Is(None),
    ),
    sets("receiving_body.retired", id="receiving_body_id", retired_at=AT),
)
REFERRAL = Audit(
    ProposalReferral,
    adds(
        "proposal.referred",
        proposal_id="proposal_id",
        body_id="receiving_body_id",
        reason="reason",
        version="version",
        at=AT,
        reply=Is(None),
        replied_on=Is(None),
    ),
    sets(
        "proposal.body_replied",
        proposal_id="proposal_id",
        reply="reply",
        replied_on="replied_on",
    ),
)

register("table", audits=(REFERRAL,), apart=True)
register("zone", audits=(BODY,), apart=True)
