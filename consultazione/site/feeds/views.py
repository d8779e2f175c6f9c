"""Atom feeds (RFC 4287): of the zone, and of each table."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from flask import Response, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import ColumnElement

from consultazione.site.blueprint import pages
from consultazione.site.feeds.items import Item, items_of
from consultazione.tables.models import ThematicTable
from consultazione.tables.queries import table_by_slug
from consultazione.web.current_zone import IN_CYCLE, IN_ZONE, current_cycle, current_zone
from consultazione.web.files.followed import followed
from consultazione.web.request_db import snapshot
from consultazione.web.security import reads_much
from consultazione.zones.models import Zone

MEDIA_TYPE = "application/atom+xml"
# Names feeds and entries for ever, whatever the host is called.
_NAMES = uuid5(NAMESPACE_URL, "https://consultazione.example/atom")


@pages.get("/atom.xml", endpoint="first_zone_feed")
@pages.get(f"{IN_ZONE}/atom.xml", endpoint="zone_feed")
@reads_much()
def zone_feed() -> Response:
    """What is new in a zone; where none is named, in the first one."""
    zone = current_zone()
    here = ThematicTable.zone_id == zone.id
    return _sent(zone.name, "zone", url_for("home.show", _external=True), here, with_plan=True)


@pages.get(f"{IN_CYCLE}/tavoli/<slug>/atom.xml")
@reads_much()
def table_feed(slug: str) -> Response:
    """What is new at one table."""
    table = table_by_slug(snapshot(), current_cycle().id, slug)
    page = url_for("tables.show", slug=slug, _external=True)
    here = ThematicTable.id == table.id
    return _sent(table.name, f"table-{table.id}", page, here, with_plan=False)


def _sent(
    title: str, name: str, page: str, here: ColumnElement[bool], *, with_plan: bool
) -> Response:
    """The feed with an ETag and the moment of its newest entry; 304 to who has it already."""
    session, zone = snapshot(), current_zone()
    items = items_of(session, here, with_plan=with_plan)
    since = session.get_one(Zone, zone.id).created_at
    updated = max((item.updated for item in items), default=since)
    text = render_template(
        "site/feed.xml",
        title=_("%(name)s: what is new", name=title),
        urn=lambda uid: uuid5(_NAMES, f"{zone.slug}/{uid}").urn,
        name=name,
        page=page,
        items=items,
        updated=updated,
        address=_address,
    )
    return followed(text, MEDIA_TYPE, updated)


def _address(item: Item) -> str:
    return url_for(item.page, **item.argument, _external=True)
