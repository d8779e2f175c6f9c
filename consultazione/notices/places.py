"""Addresses of pages as notices have them, with and without a request: paths of the site.

Objects have short paths; what belongs to a cycle stands below its zone and its years. A test
compares them with the routes.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from consultazione.tables.models import ThematicTable
from consultazione.zones.models import Chapter
from consultazione.zones.queries import get_cycle

NOTICES = "/avvisi"
SETTINGS = "/avvisi/impostazioni"
STOP = "/avvisi/niente-posta"
PROFILE = "/profilo"


def cycle_path(session: Session, cycle_id: int) -> str:
    """Where the pages of a cycle stand."""
    cycle = get_cycle(session, cycle_id)
    return f"/zone/{cycle.zone.slug}/{cycle.years}"


def table_path(session: Session, table: ThematicTable) -> str:
    """The page of a table."""
    return f"{cycle_path(session, table.cycle_id)}/tavoli/{table.slug}"


def chapter_path(session: Session, chapter: Chapter) -> str:
    """The page of a chapter of the plan."""
    return f"{cycle_path(session, chapter.cycle_id)}/piano/capitoli/{chapter.number}"
