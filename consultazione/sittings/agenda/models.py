"""Tables of the materials of points, and of what points said before."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, Id, Line, Moment, Prose


class PointMaterial(Base):
    """A material to be read on a point of the agenda."""

    __tablename__ = "point_material"

    point_id: Mapped[int] = mapped_column(ForeignKey("agenda_point.id"), primary_key=True)
    material_id: Mapped[int] = mapped_column(ForeignKey("material.id"), primary_key=True)


class PointVersion(Base):
    """What a point of the agenda said until it was corrected, and why it was."""

    __tablename__ = "agenda_point_version"
    __table_args__ = (UniqueConstraint("agenda_point_id", "version"),)

    id: Mapped[Id]
    agenda_point_id: Mapped[int] = mapped_column(ForeignKey("agenda_point.id"))
    version: Mapped[int]
    reason: Mapped[Prose]
    replaced_at: Mapped[Moment]
    replaced_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    title: Mapped[Line]
    minutes_planned: Mapped[int | None]
