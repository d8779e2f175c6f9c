"""Queries on drafts of proposals: nobody but their author finds one."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.errors import NotFound
from consultazione.proposals.drafts.models import ProposalDraft
from consultazione.zones.models import Cycle


def own_draft(
    session: Session, draft_id: int, person_id: int | None, *, lock: bool = False
) -> ProposalDraft:
    """A person's draft; NotFound if they have none of that number. lock: FOR UPDATE."""
    query = select(ProposalDraft).filter_by(id=draft_id, person_id=person_id)
    draft = session.scalar(query.with_for_update() if lock else query)
    if draft is None:
        raise NotFound(_("There is no such draft: you may have handed it in or thrown it away."))
    return draft


def own_drafts(session: Session, person_id: int | None) -> list[ProposalDraft]:
    """A person's drafts of whatever zone, with their cycles, last saved first."""
    query = (
        select(ProposalDraft)
        .options(joinedload(ProposalDraft.cycle).joinedload(Cycle.zone))
        .filter_by(person_id=person_id)
        .order_by(ProposalDraft.saved_at.desc(), ProposalDraft.id.desc())
    )
    return list(session.scalars(query))
