"""Queries on drafts of zones."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.errors import NotFound
from consultazione.setup.models import ZoneDraft


def own_draft(
    session: Session, draft_id: int, person_id: int | None, *, lock: bool = False
) -> ZoneDraft:
    """A person's draft; NotFound if they have none of that number. lock: FOR UPDATE."""
    query = select(ZoneDraft).filter_by(id=draft_id, person_id=person_id)
    draft = session.scalar(query.with_for_update() if lock else query)
    if draft is None:
        raise NotFound(_("There is no such draft: its zone may have been set up already."))
    return draft


def own_drafts(session: Session, person_id: int | None) -> list[ZoneDraft]:
    """A person's drafts, last saved first."""
    query = select(ZoneDraft).filter_by(person_id=person_id).order_by(ZoneDraft.saved_at.desc())
    return list(session.scalars(query))
