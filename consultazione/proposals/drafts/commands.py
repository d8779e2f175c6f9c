"""Drafts of proposals: begun, saved, thrown away.

Nothing of them enters the log: a draft is nobody else's, and nothing happened yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.proposals.drafts.keeping import draft_in_hand
from consultazione.proposals.drafts.models import ProposalDraft
from consultazione.zones.queries import get_cycle

MOST_DRAFTS = 20


def begin_proposal_draft(
    tx: Transaction, *, cycle_id: int, answers: Mapping[str, Any]
) -> ProposalDraft:
    """Keep the beginning of a proposal in a cycle, and return the draft.

    answers: what was typed, by the fields of the form, as JSON has them. NotFound if there is no
    such cycle; Conflict beyond MOST_DRAFTS.
    """
    person_id, cycle = acting_person(tx.actor), get_cycle(tx.session, cycle_id)
    require(tx.actor, Permission.BEGIN_PROPOSAL_DRAFT, zone_id=cycle.zone_id)
    count = select(func.count()).select_from(ProposalDraft).filter_by(person_id=person_id)
    if (tx.session.scalar(count) or 0) >= MOST_DRAFTS:
        told = _("You have %(most)s drafts: hand one in or throw one away first.", most=MOST_DRAFTS)
        raise Conflict(told)
    draft = ProposalDraft(
        person_id=person_id,
        cycle_id=cycle.id,
        answers=dict(answers),
        version=1,
        begun_at=tx.now,
        saved_at=tx.now,
    )
    tx.session.add(draft)
    tx.flush()
    return draft


def save_proposal_draft(
    tx: Transaction, *, proposal_draft_id: int, version: int, answers: Mapping[str, Any]
) -> ProposalDraft:
    """Keep what a draft of the actor's own says now, and return it.

    version: that of the draft which they have before them. Errors as in `draft_in_hand`.
    """
    require(tx.actor, Permission.SAVE_PROPOSAL_DRAFT)
    draft = draft_in_hand(tx, proposal_draft_id, read=version)
    if draft.answers != dict(answers):
        draft.answers = dict(answers)
        draft.version += 1
        draft.saved_at = tx.now
    return draft


def delete_proposal_draft(tx: Transaction, *, proposal_draft_id: int) -> None:
    """Throw a draft of the actor's own away. NotFound if they have none of that number."""
    require(tx.actor, Permission.DELETE_PROPOSAL_DRAFT)
    tx.session.delete(draft_in_hand(tx, proposal_draft_id, read=None))
