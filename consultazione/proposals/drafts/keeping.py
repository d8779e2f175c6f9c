"""What commands on drafts share: one's own, in the version that was read."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.permissions import acting_person
from consultazione.core.revisions import require_unchanged
from consultazione.proposals.drafts.models import ProposalDraft
from consultazione.proposals.drafts.queries import own_draft


def draft_in_hand(tx: Transaction, draft_id: int, *, read: int | None) -> ProposalDraft:
    """A draft of the actor's own, locked FOR UPDATE.

    read: the version that they have before them, None if it is not known; Conflict on the field
    `version` if it was saved since. NotFound if the actor has no such draft.
    """
    draft = own_draft(tx.session, draft_id, acting_person(tx.actor), lock=True)
    if read is not None:
        told = _("You have saved this draft from elsewhere meanwhile.")
        require_unchanged(read=read, version=draft.version, told=told)
    return draft


def take_draft(tx: Transaction, draft_id: int, *, read: int | None) -> None:
    """Let a draft go, because it is handed in; errors as in `draft_in_hand`."""
    tx.session.delete(draft_in_hand(tx, draft_id, read=read))
