"""Queries on the materials of points, and on those that can be attached to one."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consultazione.sittings.agenda.models import PointMaterial, PointVersion
from consultazione.sittings.agenda.types import MaterialSnapshot
from consultazione.sittings.models import AgendaPoint
from consultazione.tables.models import Material


def materials_by_point(session: Session, sitting_id: int) -> dict[int, list[MaterialSnapshot]]:
    """Return the materials of the points of a sitting that have any, by point id, oldest first."""
    query = (
        select(PointMaterial.point_id, Material)
        .join(Material, Material.id == PointMaterial.material_id)
        .join(AgendaPoint, AgendaPoint.id == PointMaterial.point_id)
        .where(AgendaPoint.sitting_id == sitting_id)
        .order_by(Material.id)
    )
    materials: dict[int, list[MaterialSnapshot]] = {}
    for point_id, material in session.execute(query):
        shown: MaterialSnapshot = {
            "id": material.id,
            "title": material.title,
            "file_name": material.file_name,
        }
        materials.setdefault(point_id, []).append(shown)
    return materials


def attachable_materials(session: Session, table_id: int, sitting_id: int) -> list[tuple[int, str]]:
    """Return id and title of the materials of a table and of one sitting, the newest first."""
    query = (
        select(Material.id, Material.title)
        .where(Material.table_id == table_id, Material.withdrawn_at.is_(None))
        .where(or_(Material.sitting_id.is_(None), Material.sitting_id == sitting_id))
        .order_by(Material.id.desc())
    )
    return [(material_id, title) for material_id, title in session.execute(query)]


def point_versions(session: Session, point_id: int) -> list[PointVersion]:
    """Return what a point said before each correction, the latest first."""
    query = select(PointVersion).filter_by(agenda_point_id=point_id)
    return list(session.scalars(query.order_by(PointVersion.version.desc())))
