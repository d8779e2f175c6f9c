"""Writing the pages of a zone."""

from __future__ import annotations

from consultazione.core.db import Transaction
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.core.revisions import require_latest
from consultazione.site.pages.events import PageWritten
from consultazione.site.pages.models import PageKind, SitePage
from consultazione.site.pages.queries import newest_page
from consultazione.zones.events import zone_stream
from consultazione.zones.locking import locked_zone


def write_page(
    tx: Transaction, *, zone_id: int, kind: PageKind, body: str, version: int
) -> SitePage | None:
    """Write a page of a zone anew, and return its version; None if it says the same already.

    body: empty for the general words. version: the one that was read, 0 if there was none. Locks
    the zone FOR UPDATE. NotFound if there is no such zone; Conflict if somebody has written the
    page since.
    """
    zone = locked_zone(tx, zone_id)
    require(tx.actor, Permission.WRITE_PAGE, zone_id=zone_id)
    newest = newest_page(tx.session, zone.id, kind)
    said, number = (newest.body, newest.version) if newest else ("", 0)
    require_latest(read=version, version=number, now={"body": said})
    if body == said:
        return newest
    page = SitePage(zone_id=zone.id, kind=kind, version=number + 1, body=body, written_at=tx.now)
    tx.session.add(page)
    tx.flush()
    written = PageWritten(
        page_id=page.id, page_kind=kind, version=page.version, body=FreeText(body)
    )
    tx.record(zone_stream(zone.id), written)
    return page
