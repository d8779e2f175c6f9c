"""The blueprints of tables, and finding the table of an address."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy import select

from consultazione.tables.accrediting.models import Application
from consultazione.tables.events import table_stream
from consultazione.tables.models import Accreditation, Material, ThematicTable
from consultazione.tables.queries import table_by_slug
from consultazione.web.api import resource
from consultazione.web.current_zone import current_cycle, cycle_found_by
from consultazione.web.last_update import page_follows
from consultazione.web.request_db import snapshot

pages = Blueprint("tables", __name__)
rest = resource("tables_api", __name__, "Tables and their materials")

_cycle = select(ThematicTable.cycle_id)
cycle_found_by("table_id", lambda number: _cycle.where(ThematicTable.id == number))
cycle_found_by(
    "material_id",
    lambda number: _cycle.join(Material, Material.table_id == ThematicTable.id).where(
        Material.id == number
    ),
)
cycle_found_by(
    "accreditation_id",
    lambda number: _cycle.join(Accreditation, Accreditation.table_id == ThematicTable.id).where(
        Accreditation.id == number
    ),
)
cycle_found_by(
    "application_id",
    lambda number: select(Application.cycle_id).where(Application.id == number),
)


def the_table(slug: str) -> ThematicTable:
    """The cycle's table with this slug; NotFound if there is none."""
    table = table_by_slug(snapshot(), current_cycle().id, slug)
    page_follows(table_stream(table.id))
    return table
