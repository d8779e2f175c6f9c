"""What lineage must say by the log of the tables."""

from __future__ import annotations

from consultazione.core.audit import AT, ITEM, Audit, adds_each, register
from consultazione.proposals.lineage.models import ProposalLineage

LINEAGE = Audit(
    ProposalLineage,
    adds_each(
        "proposal.superseded",
        "by_ids",
        from_id="proposal_id",
        to_id=ITEM,
        way="way",
        reason="reason",
        at=AT,
    ),
    key=("from_id", "to_id"),
)

register("table", audits=(LINEAGE,), apart=True)
