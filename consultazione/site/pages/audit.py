"""What pages must say by the zone's stream."""

from __future__ import annotations

from consultazione.core.audit import AT, OF_STREAM, Audit, adds, register
from consultazione.site.pages.models import SitePage

SITE_PAGE = Audit(
    SitePage,
    adds(
        "page.written",
        id="page_id",
        zone_id=OF_STREAM,
        kind="page_kind",
        version="version",
        body="body",
        written_at=AT,
    ),
)

register("zone", audits=(SITE_PAGE,), apart=True)
