"""When a page was last updated, and whether it asks if it was useful: the foot of every page.

A page is about streams of the log: a view says which (`page_follows`), else it is the zone's
path. The moment of the newest entry there is the page's last update.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from flask import Flask, current_app, g, request
from sqlalchemy import func, select, true

from consultazione.core.log import EntryRow, Stream
from consultazione.core.log.restored import OF_ARCHIVES
from consultazione.web.current_zone import current_zone
from consultazione.web.request_db import snapshot

_View = TypeVar("_View", bound=Callable[..., Any])
# What these show is no work of a zone: accounts, notices, the running of the site.
_OF_THE_SITE = frozenset({"web", "people", "admin", "operations", "live", None})


def init(app: Flask) -> None:
    """Let the layout ask."""
    app.jinja_env.globals.update(last_update=last_update, has_foot=has_foot)


def page_follows(*streams: str) -> None:
    """Say on which streams of the log the present page is about."""
    g.page_streams = streams


def without_foot(view: _View) -> _View:
    """Mark a page that is not read but acted in: a form, a room, a screen."""
    view.without_foot = True  # type: ignore[attr-defined]
    return view


def has_foot() -> bool:
    """Whether the present page is a public page of a zone, to be read."""
    view = current_app.view_functions.get(request.endpoint or "")
    return (
        request.method == "GET"
        and request.blueprint not in _OF_THE_SITE
        and not getattr(view, "without_foot", False)
    )


def last_update() -> datetime | None:
    """The moment of the newest entry on the page's streams; None if there is none yet."""
    streams = g.get("page_streams") or (f"zone:{current_zone().id}",)
    name = select(Stream.name).where(Stream.name.in_(streams)).subquery()
    own = select(EntryRow.at).where(EntryRow.stream == name.c.name)
    own = own.where(EntryRow.kind.not_like(f"{OF_ARCHIVES}%"))
    newest = own.order_by(EntryRow.number.desc()).limit(1).lateral()
    query = select(func.max(newest.c.at)).join_from(name, newest, true())
    found: datetime | None = snapshot().scalar(query)
    return found
