"""The table of the materials of points."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base


class PointMaterial(Base):
    """A material to be read on a point of the agenda."""

    __tablename__ = "point_material"

    point_id: Mapped[int] = mapped_column(ForeignKey("agenda_point.id"), primary_key=True)
    material_id: Mapped[int] = mapped_column(ForeignKey("material.id"), primary_key=True)
