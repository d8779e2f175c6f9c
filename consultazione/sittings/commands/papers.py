"""Materials of the table beside the points of an agenda, before and during the sitting."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.events import FreeText
from consultazione.sittings.commands.fetch import point_alone, require_at
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.models import AgendaPoint, Sitting, SittingState
from consultazione.sittings.papers.events import MaterialAttached, MaterialDetached
from consultazione.sittings.papers.models import PointMaterial
from consultazione.tables.models import Material

# How many materials stand beside one point.
MOST_OF_POINT = 20


def attach_material(tx: Transaction, *, point_id: int, material_id: int) -> None:
    """Put a material beside a point; harmless if it is there.

    Invalid unless it is the table's, or the sitting's. Conflict once the sitting is closed.
    """
    point, sitting = point_alone(tx, point_id)
    require_at(tx, "attach_material", sitting)
    _require_not_closed(sitting)
    material = tx.session.get(Material, material_id)
    if (
        material is None
        or material.table_id != sitting.table_id
        or material.sitting_id not in (None, sitting.rehearses or sitting.id)
    ):
        raise Invalid.at("material_id", _("Choose a document of this table."))
    if tx.session.get(PointMaterial, (point.id, material.id)) is not None:
        return
    beside = select(func.count()).where(PointMaterial.point_id == point.id)
    if (tx.session.scalar(beside) or 0) >= MOST_OF_POINT:
        raise Conflict(_("Many documents stand beside this point already: take one away first."))
    put_beside(tx, point, material)


def detach_material(tx: Transaction, *, point_id: int, material_id: int) -> None:
    """Take a material away from a point; harmless if it is not there."""
    point, sitting = point_alone(tx, point_id)
    require_at(tx, "detach_material", sitting)
    _require_not_closed(sitting)
    beside = tx.session.get(PointMaterial, (point.id, material_id))
    if beside is not None:
        tx.session.delete(beside)
        tx.record(
            sitting_stream(sitting.id),
            MaterialDetached(point_id=point.id, material_id=material_id),
        )


def put_beside(tx: Transaction, point: AgendaPoint, material: Material) -> None:
    """A material stands beside a point from now on."""
    tx.session.add(PointMaterial(point_id=point.id, material_id=material.id))
    tx.record(
        sitting_stream(point.sitting_id),
        MaterialAttached(
            point_id=point.id,
            material_id=material.id,
            title=FreeText(material.title),
            file_name=FreeText(material.file_name),
        ),
    )


def copy_papers(tx: Transaction, point: AgendaPoint, copy: AgendaPoint) -> None:
    """The materials of a point stand beside its copy too."""
    query = (
        select(Material)
        .join(PointMaterial, PointMaterial.material_id == Material.id)
        .where(PointMaterial.point_id == point.id)
        .order_by(Material.id)
    )
    for material in tx.session.scalars(query):
        put_beside(tx, copy, material)


def _require_not_closed(sitting: Sitting) -> None:
    if sitting.state is SittingState.CLOSED:
        raise Conflict(_("The sitting is over: read its record and its minutes."))
