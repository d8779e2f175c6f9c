"""What commands on lineage share: a proposal that comes out of another, and the end of that one."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.events import FreeText
from consultazione.proposals.keeping import Text, keep_version, said
from consultazione.proposals.lineage.events import ProposalDerived, ProposalSuperseded
from consultazione.proposals.lineage.models import ProposalLineage, Way
from consultazione.proposals.locking import is_settled
from consultazione.proposals.models import Proposal, ProposalNeed, ProposalState
from consultazione.proposals.needs import needs_of
from consultazione.tables.events import table_stream


def derive(tx: Transaction, origin: Proposal, text: Text, *, table_id: int) -> Proposal:
    """A new proposal with a text at a table, in the name of the author of another."""
    needs = [need.id for need in needs_of(tx.session, origin.id)]
    proposal = Proposal(
        table_id=table_id,
        author_id=origin.author_id,
        mandate_id=origin.mandate_id,
        category=origin.category,
        title=text.title,
        body=text.body,
        need=text.need,
        effect=text.effect,
        chapter_id=origin.chapter_id,
        priority_id=origin.priority_id,
        state=ProposalState.SUBMITTED,
        version=1,
        submitted_at=tx.now,
        demo=origin.demo,
    )
    tx.session.add(proposal)
    tx.flush()
    keep_version(tx, proposal)
    tx.session.add_all(ProposalNeed(proposal_id=proposal.id, need_id=need) for need in needs)
    derived = ProposalDerived(
        proposal_id=proposal.id,
        table_id=table_id,
        origin_id=origin.id,
        person_id=origin.author_id,
        mandate_id=origin.mandate_id,
        category=origin.category,
        title=FreeText(text.title),
        body=FreeText(text.body),
        need=said(text.need),
        effect=said(text.effect),
        chapter_id=origin.chapter_id,
        priority_id=origin.priority_id,
        need_ids=needs,
    )
    tx.record(table_stream(table_id), derived)
    return proposal


def supersede(
    tx: Transaction, proposal: Proposal, successors: Sequence[Proposal], way: Way, reason: str
) -> None:
    """Have a proposal in hand continue in others; it is not under discussion any more."""
    proposal.state = ProposalState.SUPERSEDED
    proposal.decided_at, proposal.decided_version = tx.now, proposal.version
    tx.session.add_all(
        ProposalLineage(from_id=proposal.id, to_id=successor.id, way=way, reason=reason, at=tx.now)
        for successor in successors
    )
    superseded = ProposalSuperseded(
        proposal_id=proposal.id,
        table_id=proposal.table_id,
        version=proposal.version,
        way=way,
        by_ids=[successor.id for successor in successors],
        reason=FreeText(reason),
    )
    tx.record(table_stream(proposal.table_id), superseded)


def require_unsettled(tx: Transaction, proposal: Proposal) -> None:
    """Conflict if the table has concluded on a proposal."""
    if is_settled(tx.session, proposal.id):
        raise Conflict(_("The table has concluded on this proposal: it stays as it is."))
