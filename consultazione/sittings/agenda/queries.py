"""Reading the materials of points, and those that can be put beside one."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consultazione.sittings.agenda.models import PointMaterial
from consultazione.sittings.agenda.types import MaterialSnapshot
from consultazione.sittings.models import AgendaPoint
from consultazione.tables.models import Material


def materials_by_point(session: Session, sitting_id: int) -> dict[int, list[MaterialSnapshot]]:
    """The materials of each point of a sitting, the oldest first, ready for JSON."""
    query = (
        select(PointMaterial.point_id, Material)
        .join(Material, Material.id == PointMaterial.material_id)
        .join(AgendaPoint, AgendaPoint.id == PointMaterial.point_id)
        .where(AgendaPoint.sitting_id == sitting_id)
        .order_by(Material.id)
    )
    found: dict[int, list[MaterialSnapshot]] = defaultdict(list)
    for point_id, paper in session.execute(query):
        found[point_id].append({"id": paper.id, "title": paper.title, "file_name": paper.file_name})
    return found


def attachable_materials(session: Session, table_id: int, sitting_id: int) -> list[tuple[int, str]]:
    """The materials of a table, and of one of its sittings, the newest first: id and title."""
    query = (
        select(Material.id, Material.title)
        .where(Material.table_id == table_id)
        .where(or_(Material.sitting_id.is_(None), Material.sitting_id == sitting_id))
        .order_by(Material.id.desc())
    )
    return [(material_id, title) for material_id, title in session.execute(query)]
