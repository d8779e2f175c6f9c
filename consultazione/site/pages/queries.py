"""Queries on the pages that a zone writes itself."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.errors import NotFound
from consultazione.site.pages.models import PageKind, SitePage


def newest_page(session: Session, zone_id: int, kind: PageKind) -> SitePage | None:
    """What a page says now; None if the zone has never written it."""
    query = select(SitePage).filter_by(zone_id=zone_id, kind=kind)
    return session.scalar(query.order_by(SitePage.version.desc()).limit(1))


def page_version(session: Session, zone_id: int, kind: PageKind, version: int) -> SitePage:
    """What a page said in one of its versions; NotFound if it has no such version."""
    query = select(SitePage).filter_by(zone_id=zone_id, kind=kind, version=version)
    if (page := session.scalar(query)) is None:
        raise NotFound(_("This page has no such version."))
    return page


def versions_of(session: Session, zone_id: int, kind: PageKind) -> list[SitePage]:
    """All versions of a page, the newest first."""
    query = select(SitePage).filter_by(zone_id=zone_id, kind=kind)
    return list(session.scalars(query.order_by(SitePage.version.desc())))
