"""Changing the text of a proposal: every text that it has had stays readable."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission
from consultazione.proposals.events import ProposalEdited
from consultazione.proposals.keeping import keep_version
from consultazione.proposals.locking import (
    lock,
    require_at,
    require_changeable,
    require_own,
    require_version,
)
from consultazione.proposals.models import Proposal
from consultazione.tables.events import table_stream


def edit_proposal(
    tx: Transaction, *, proposal_id: int, version: int, title: str, body: str, reason: str
) -> Proposal:
    """Change the text of a proposal of the actor's own, for a reason, and return it.

    version: the number of the text that the author has read; Conflict on that field if there is
    a later one. NotAllowed for anybody but the author; Conflict if it was refused or withdrawn,
    if its cycle is past, or once the table has concluded on it; Invalid if nothing is changed.
    """
    proposal = lock(tx, proposal_id)
    require_at(tx, Permission.EDIT_PROPOSAL, proposal)
    require_own(tx, proposal.author_id, _("Only the author may change a proposal."))
    require_changeable(tx, Permission.EDIT_PROPOSAL, proposal)
    require_version(proposal.version, version)
    if (title, body) == (proposal.title, proposal.body):
        raise Invalid.at("body", _("This text is the same as before: nothing was changed."))
    proposal.title, proposal.body = title, body
    proposal.version += 1
    keep_version(tx, proposal, reason)
    edited = ProposalEdited(
        proposal_id=proposal.id,
        table_id=proposal.table_id,
        version=proposal.version,
        title=FreeText(title),
        body=FreeText(body),
        reason=FreeText(reason),
    )
    tx.record(table_stream(proposal.table_id), edited)
    return proposal
