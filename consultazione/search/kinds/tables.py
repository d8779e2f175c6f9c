"""Thematic tables, by name and remit; everybody may read them, closed ones too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.columns import among
from consultazione.search.kinds.base import Kind, Text
from consultazione.tables.models import ThematicTable
from consultazione.zones.models import Cycle, Zone


class Tables(Kind):
    """Dated by the first day of their cycle: a table has no day of its own."""

    name = "table"
    label = _("Tables")
    families = ("table.",)
    fields = ("table_id",)
    silent = frozenset({"table.rule_changed"})
    model = ThematicTable
    has_day = False

    def texts(self, session: Session, ids: Sequence[int]) -> Iterator[Text]:
        """Every table."""
        query = (
            select(ThematicTable, Cycle, Zone.slug)
            .join(Cycle, Cycle.id == ThematicTable.cycle_id)
            .join(Zone, Zone.id == ThematicTable.zone_id)
            .where(among(ThematicTable.id, ids))
        )
        for table, cycle, slug in session.execute(query):
            yield Text(
                object_id=table.id,
                zone_id=table.zone_id,
                cycle_id=table.cycle_id,
                table_id=table.id,
                state="closed" if table.closed_at else "working",
                at=datetime(cycle.first_year, 1, 1, tzinfo=UTC),
                title=table.name,
                body=table.remit,
                endpoint="tables.show",
                values={"slug": table.slug, "zone": slug, "cycle": cycle.years},
            )
