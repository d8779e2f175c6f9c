"""The tables' blueprint, and the table that an address means."""

from __future__ import annotations

from flask import Blueprint

from consultazione.tables.models import ThematicTable
from consultazione.tables.queries import table_by_slug
from consultazione.web.chrome import current_zone
from consultazione.web.unit import snapshot

blueprint = Blueprint("tables", __name__)


def the_table(slug: str) -> ThematicTable:
    """The zone's table of that address; NotFound if there is none."""
    return table_by_slug(snapshot(), current_zone().id, slug)
