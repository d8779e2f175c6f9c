"""What amendments must say by the log of their table."""

from __future__ import annotations

from consultazione.core.audit import ACTOR, AT, Audit, Is, adds, register, sets
from consultazione.proposals.amendments.models import AmendmentState, ProposalAmendment

_OF = {"id": "amendment_id"}
AMENDMENT = Audit(
    ProposalAmendment,
    adds(
        "amendment.proposed",
        **_OF,
        proposal_id="proposal_id",
        version="version",
        author_id=ACTOR,
        mandate_id="mandate_id",
        category="category",
        part="part",
        old="old",
        new="new",
        reason="reason",
        at=AT,
        state=Is(AmendmentState.PENDING),
        answer=Is(None),
        answered_at=Is(None),
        accepted_version=Is(None),
    ),
    sets(
        "amendment.accepted",
        **_OF,
        state=Is(AmendmentState.ACCEPTED),
        answered_at=AT,
        accepted_version="version",
    ),
    sets(
        "amendment.refused",
        **_OF,
        state=Is(AmendmentState.REFUSED),
        answered_at=AT,
        answer="answer",
    ),
    sets("amendment.withdrawn", **_OF, state=Is(AmendmentState.WITHDRAWN), answered_at=AT),
)

register("table", audits=(AMENDMENT,), apart=True)
