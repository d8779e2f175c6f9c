"""Drafts of zones: begun, saved step by step, discarded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.setup.checks import check_step
from consultazione.setup.drafts import own_draft
from consultazione.setup.models import ZoneDraft

MOST_DRAFTS = 20


def begin_draft(tx: Transaction) -> ZoneDraft:
    """Begin to set a zone up, and return the empty draft. Conflict beyond MOST_DRAFTS."""
    require(tx.actor, Permission.BEGIN_DRAFT)
    person_id = acting_person(tx.actor)
    count = select(func.count()).select_from(ZoneDraft).where(ZoneDraft.person_id == person_id)
    if (tx.session.scalar(count) or 0) >= MOST_DRAFTS:
        raise Conflict(_("You have very many drafts: finish or discard one first."))
    draft = ZoneDraft(person_id=person_id, answers={}, begun_at=tx.now, saved_at=tx.now)
    tx.session.add(draft)
    tx.flush()
    return draft


def save_step(
    tx: Transaction,
    *,
    draft_id: int,
    step: str,
    answers: Mapping[str, Any],
) -> ZoneDraft:
    """Keep the answers to a step of one's own draft.

    answers: read through the step's schema, as JSON has them. Locks the draft
    FOR UPDATE. NotFound if there is none; Invalid, naming the field, if something else stands
    against the answers, such as a name that is taken.
    """
    require(tx.actor, Permission.SAVE_STEP)
    person_id = acting_person(tx.actor)
    draft = own_draft(tx.session, draft_id, person_id, lock=True)
    check_step(tx.session, step, answers, person_id=person_id)
    draft.answers = {**draft.answers, step: dict(answers)}
    draft.saved_at = tx.now
    return draft


def discard_draft(tx: Transaction, *, draft_id: int) -> None:
    """Discard one's own draft. Locks it FOR UPDATE; NotFound if there is none."""
    require(tx.actor, Permission.DISCARD_DRAFT)
    tx.session.delete(own_draft(tx.session, draft_id, acting_person(tx.actor), lock=True))
