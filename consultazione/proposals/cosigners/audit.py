"""What co-signers must say by the log of their table."""

from __future__ import annotations

from consultazione.core.audit import ACTOR, AT, Audit, Is, adds, register, sets
from consultazione.proposals.cosigners.models import CosignerState, ProposalCosigner

_OF = {"id": "cosigner_id"}
COSIGNER = Audit(
    ProposalCosigner,
    adds(
        "cosigner.invited",
        **_OF,
        proposal_id="proposal_id",
        person_id="person_id",
        organisation_id="organisation_id",
        state=Is(CosignerState.INVITED),
        invited_at=AT,
        answered_at=Is(None),
        mandate_id=Is(None),
        category=Is(None),
    ),
    sets(
        "cosigner.signed",
        **_OF,
        state=Is(CosignerState.SIGNED),
        person_id=ACTOR,
        mandate_id="mandate_id",
        category="category",
        answered_at=AT,
    ),
    sets("cosigner.declined", **_OF, state=Is(CosignerState.DECLINED), answered_at=AT),
    sets("cosigner.withdrawn", **_OF, state=Is(CosignerState.WITHDRAWN), answered_at=AT),
)

register("table", audits=(COSIGNER,), apart=True)
