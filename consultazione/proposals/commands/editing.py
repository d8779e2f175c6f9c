"""Changing the text of a proposal: every text that it has had stays readable."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid
from consultazione.core.permissions import Permission
from consultazione.proposals.keeping import Text, change_text, text_of
from consultazione.proposals.locking import (
    lock,
    require_at,
    require_changeable,
    require_own,
    require_version,
)
from consultazione.proposals.models import Proposal


def edit_proposal(
    tx: Transaction,
    *,
    proposal_id: int,
    version: int,
    title: str,
    body: str,
    reason: str,
    need: str | None = None,
    effect: str | None = None,
) -> Proposal:
    """Change the text of a proposal of the actor's own, for a reason, and return it.

    need, effect: left as they are if they are None, taken out if they are empty. version: the
    number of the text that the author has read; Conflict on that field if there is a later one.
    NotAllowed for anybody but the author; Conflict if it was refused or withdrawn, if its cycle is
    past, or once the table has concluded on it; Invalid if nothing is changed.
    """
    proposal = lock(tx, proposal_id)
    require_at(tx, Permission.EDIT_PROPOSAL, proposal)
    require_own(tx, proposal.author_id, _("Only the author may change a proposal."))
    require_changeable(tx, Permission.EDIT_PROPOSAL, proposal)
    require_version(proposal.version, version)
    text = Text(
        title,
        body,
        need=proposal.need if need is None else need or None,
        effect=proposal.effect if effect is None else effect or None,
    )
    if text == text_of(proposal):
        raise Invalid.at("body", _("This text is the same as before: nothing was changed."))
    change_text(tx, proposal, text, reason)
    return proposal
