"""Queries on gatherings."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.errors import NotFound
from consultazione.zones.gatherings.models import Gathering


def get_gathering(session: Session, gathering_id: int) -> Gathering:
    """A gathering by id; NotFound if there is none."""
    gathering = session.get(Gathering, gathering_id)
    if gathering is None:
        raise NotFound(_("There is no such event."))
    return gathering


def gatherings(session: Session, cycle_id: int) -> list[Gathering]:
    """A cycle's gatherings, the soonest first, those that were called off among them."""
    query = select(Gathering).filter_by(cycle_id=cycle_id)
    return list(session.scalars(query.order_by(Gathering.starts_at, Gathering.id)))
