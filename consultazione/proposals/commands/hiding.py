"""Hiding a proposal, and showing it again.

What it says leaves the row that pages, searches, feeds and archives read, so that none of them
can forget to look whether it is hidden; a placeholder stands there instead. The text stays in
the versions, which are not shown meanwhile, and in the log.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission
from consultazione.proposals.events import ProposalHidden, ProposalShown
from consultazione.proposals.history import standing_text
from consultazione.proposals.keeping import said
from consultazione.proposals.locking import lock, require_at
from consultazione.proposals.models import Proposal
from consultazione.tables.events import table_stream

# Italian, as the texts are, and the same for every reader.
_TITLE = "[Proposta nascosta]"
_BODY = "[Il testo è nascosto dalla moderazione. Motivo: {reason}]"


def hide_proposal(tx: Transaction, *, proposal_id: int, reason: str) -> Proposal:
    """Hide all that a proposal says and said, amendments to it and its files.

    reason: stands in the place of the text, for everybody to read.

    Locks the proposal FOR UPDATE. NotFound if there is none; Conflict if it is hidden already.
    """
    proposal = lock(tx, proposal_id)
    require_at(tx, Permission.HIDE_PROPOSAL, proposal)
    if proposal.hidden_at is not None:
        raise Conflict(_("This proposal is hidden already."))
    proposal.hidden_at = tx.now
    proposal.title, proposal.body = _TITLE, _BODY.format(reason=reason)
    proposal.need = proposal.effect = None
    hidden = ProposalHidden(
        proposal_id=proposal.id,
        table_id=proposal.table_id,
        title=FreeText(proposal.title),
        body=FreeText(proposal.body),
    )
    tx.record(table_stream(proposal.table_id), hidden)
    return proposal


def show_proposal(tx: Transaction, *, proposal_id: int, reason: str) -> Proposal:
    """Show a hidden proposal again, for a reason.

    Locks the proposal FOR UPDATE. NotFound if there is none; Conflict if it is not hidden.
    """
    proposal = lock(tx, proposal_id)
    require_at(tx, Permission.SHOW_PROPOSAL, proposal)
    if proposal.hidden_at is None:
        raise Conflict(_("This proposal is not hidden."))
    text = standing_text(tx.session, proposal)
    proposal.hidden_at = None
    proposal.title, proposal.body = text.title, text.body
    proposal.need, proposal.effect = text.need, text.effect
    shown = ProposalShown(
        proposal_id=proposal.id,
        table_id=proposal.table_id,
        title=FreeText(text.title),
        body=FreeText(text.body),
        need=said(text.need),
        effect=said(text.effect),
        reason=FreeText(reason),
    )
    tx.record(table_stream(proposal.table_id), shown)
    return proposal
