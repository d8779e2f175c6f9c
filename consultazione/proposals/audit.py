"""What proposals, their files and their supports must say by the log of their table."""

from __future__ import annotations

from typing import Any

from consultazione.core.audit import (
    ACTOR,
    AT,
    ITEM,
    Audit,
    Is,
    Past,
    Rule,
    Said,
    adds,
    adds_each,
    drops,
    register,
    sets,
)
from consultazione.proposals.models import (
    Proposal,
    ProposalFile,
    ProposalNeed,
    ProposalState,
    ProposalVersion,
    Support,
)


def _one_more(_entry: Past, said: Said) -> int:
    return int(said["supports"]) + 1


def _one_less(_entry: Past, said: Said) -> int:
    return int(said["supports"]) - 1


def _version(_entry: Past, said: Said) -> int:
    return int(said["version"])


OF = {"id": "proposal_id"}


def _begun(kind: str, author_id: Any) -> Rule:
    """What a proposal is when it begins: handed in by its author, or taken from others."""
    return adds(
        kind,
        **OF,
        table_id="table_id",
        author_id=author_id,
        mandate_id="mandate_id",
        category="category",
        title="title",
        body="body",
        need="need",
        effect="effect",
        chapter_id="chapter_id",
        priority_id="priority_id",
        state=Is(ProposalState.SUBMITTED),
        state_reason=Is(None),
        submitted_at=AT,
        decided_at=Is(None),
        decided_version=Is(None),
        version=Is(1),
        supports=Is(0),
        hidden_at=Is(None),
    )


PROPOSAL = Audit(
    Proposal,
    _begun("proposal.submitted", ACTOR),
    _begun("proposal.derived", "person_id"),
    sets(
        "proposal.edited",
        **OF,
        title="title",
        body="body",
        need="need",
        effect="effect",
        version="version",
    ),
    sets(
        "proposal.admitted",
        **OF,
        state=Is(ProposalState.ADMITTED),
        decided_at=AT,
        decided_version="version",
    ),
    sets(
        "proposal.not_admitted",
        **OF,
        state=Is(ProposalState.NOT_ADMITTED),
        state_reason="reason",
        decided_at=AT,
        decided_version="version",
    ),
    sets(
        "proposal.withdrawn",
        **OF,
        state=Is(ProposalState.WITHDRAWN),
        decided_at=AT,
        decided_version=_version,
    ),
    sets(
        "proposal.hidden",
        **OF,
        title="title",
        body="body",
        need=Is(None),
        effect=Is(None),
        hidden_at=AT,
    ),
    sets(
        "proposal.shown",
        **OF,
        title="title",
        body="body",
        need="need",
        effect="effect",
        hidden_at=Is(None),
    ),
    sets(
        "proposal.superseded",
        **OF,
        state=Is(ProposalState.SUPERSEDED),
        decided_at=AT,
        decided_version="version",
    ),
    sets("proposal.supported", **OF, supports=_one_more),
    sets("proposal.support_withdrawn", **OF, supports=_one_less),
)
VERSION = Audit(
    ProposalVersion,
    adds(
        ("proposal.submitted", "proposal.derived"),
        proposal_id="proposal_id",
        number=Is(1),
        title="title",
        body="body",
        need="need",
        effect="effect",
        reason=Is(None),
        at=AT,
    ),
    adds(
        "proposal.edited",
        proposal_id="proposal_id",
        number="version",
        title="title",
        body="body",
        need="need",
        effect="effect",
        reason="reason",
        at=AT,
    ),
    key=("proposal_id", "number"),
)
NEED = Audit(
    ProposalNeed,
    adds_each(
        ("proposal.submitted", "proposal.derived"),
        "need_ids",
        proposal_id="proposal_id",
        need_id=ITEM,
    ),
)
FILE = Audit(
    ProposalFile,
    adds(
        "proposal.file_attached",
        id="file_id",
        proposal_id="proposal_id",
        file_name="file_name",
        sha256="sha256",
        description="description",
        attached_at=AT,
        withdrawn_at=Is(None),
        withdrawn_reason=Is(None),
    ),
    sets("proposal.file_withdrawn", id="file_id", withdrawn_at=AT, withdrawn_reason="reason"),
)
_MINE = {"proposal_id": "proposal_id", "person_id": ACTOR}
SUPPORT = Audit(
    Support,
    adds(
        "proposal.supported",
        **_MINE,
        mandate_id="mandate_id",
        category="category",
        version="version",
        at=AT,
    ),
    sets("proposal.support_renewed", **_MINE, version="version"),
    drops("proposal.support_withdrawn", **_MINE),
)

register("table", audits=(PROPOSAL, VERSION, NEED, FILE, SUPPORT), apart=True)
