"""Queries on the library."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.errors import NotFound
from consultazione.zones.library.models import Citation


def citations(session: Session, zone_id: int) -> list[Citation]:
    """The norms and guidelines of a zone, by date."""
    query = select(Citation).filter_by(zone_id=zone_id).order_by(Citation.on_day, Citation.id)
    return list(session.scalars(query))


def get_citation(session: Session, citation_id: int) -> Citation:
    """A citation by id; NotFound if there is none."""
    citation = session.get(Citation, citation_id)
    if citation is None:
        raise NotFound(_("There is no such norm or guideline."))
    return citation
