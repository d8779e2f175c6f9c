"""Documents of tables and of sittings, by title and by the text of their file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy import and_, exists, select
from sqlalchemy.orm import Session

from consultazione.core.columns import among
from consultazione.search.kinds.base import Kind, Text
from consultazione.search.models import MaterialText
from consultazione.sittings.models import Sitting
from consultazione.tables.models import Material, ThematicTable


class Materials(Kind):
    """Not those that are withdrawn, nor those of a rehearsal."""

    name = "material"
    label = _("Documents")
    families = ("material.",)
    fields = ("material_id",)
    model = Material

    def texts(self, session: Session, ids: Sequence[int]) -> Iterator[Text]:
        """The rule of `tables.material_views`: a withdrawn one has no address."""
        rehearsed = exists().where(
            Sitting.id == Material.sitting_id, Sitting.rehearses.is_not(None)
        )
        read = and_(MaterialText.material_id == Material.id, MaterialText.sha256 == Material.sha256)
        query = (
            select(Material, ThematicTable.zone_id, ThematicTable.cycle_id, MaterialText.body)
            .join(ThematicTable, ThematicTable.id == Material.table_id)
            .outerjoin(MaterialText, read)
            .where(among(Material.id, ids), Material.withdrawn_at.is_(None), ~rehearsed)
        )
        for one, zone_id, cycle_id, body in session.execute(query):
            yield Text(
                object_id=one.id,
                zone_id=zone_id,
                cycle_id=cycle_id,
                table_id=one.table_id,
                at=one.uploaded_at,
                title=one.title,
                body=body or one.file_name,
                endpoint="tables.material",
                values={"material_id": one.id, "file_name": one.file_name},
            )
