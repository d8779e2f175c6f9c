"""Steps of the agenda that several commands share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.events import FreeText
from consultazione.proposals.models import Proposal, ProposalState
from consultazione.sittings.agenda.events import AgendaReordered, MaterialAttached
from consultazione.sittings.agenda.models import PointMaterial
from consultazione.sittings.agenda.points import NewPoint, is_any_other_business
from consultazione.sittings.events import PointAdded, sitting_stream
from consultazione.sittings.models import AgendaPoint, PointState, Sitting
from consultazione.tables.models import Material


def agenda_points(tx: Transaction, sitting_id: int) -> list[AgendaPoint]:
    """Return the points of a sitting by rank; the caller has locked the sitting FOR UPDATE."""
    query = select(AgendaPoint).filter_by(sitting_id=sitting_id).order_by(AgendaPoint.rank)
    return list(tx.session.scalars(query))


def put_in_order(tx: Transaction, sitting: Sitting, ordered: Sequence[AgendaPoint]) -> None:
    """Rank a sitting's points in this order, and record it unless it is the present order.

    Points that were removed are behind all others. Conflict if any other business, now last,
    would not stay last.
    """
    here = [point for point in ordered if point.state is not PointState.REMOVED]
    if any(is_any_other_business(point.title) for point in here[:-1]) and (
        is_any_other_business(max(here, key=lambda point: point.rank).title)
    ):
        raise Conflict(_("Any other business stays the last point."))
    ordered = [*here, *(point for point in ordered if point not in here)]
    if all(point.rank == rank for rank, point in enumerate(ordered, start=1)):
        return
    for sign in (-1, 1):  # by way of negative ranks: ranks are unique at every moment
        for rank, point in enumerate(ordered, start=1):
            point.rank = sign * rank
        tx.flush()
    tx.record(
        sitting_stream(sitting.id), AgendaReordered(point_ids=[point.id for point in ordered])
    )


def attach_all(tx: Transaction, sitting: Sitting, point: AgendaPoint, new: NewPoint) -> None:
    """Attach the materials of a new point; Invalid unless each is one of the table."""
    for material_id in dict.fromkeys(new.material_ids):
        attach(tx, point, require_material(tx, sitting, material_id))


def require_material(tx: Transaction, sitting: Sitting, material_id: int) -> Material:
    """Return a material of the sitting or its table; Invalid for another or one withdrawn."""
    material = tx.session.get(Material, material_id)
    if (
        material is None
        or material.withdrawn_at is not None
        or material.table_id != sitting.table_id
        or material.sitting_id not in (None, sitting.rehearses or sitting.id)
    ):
        raise Invalid.at("material_id", _("Choose a document of this table."))
    return material


def attach(tx: Transaction, point: AgendaPoint, material: Material) -> None:
    """Attach a material to a point, and record it."""
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


def copy_materials(tx: Transaction, point: AgendaPoint, copy: AgendaPoint) -> None:
    """Attach the materials of a point to its copy too."""
    query = (
        select(Material)
        .join(PointMaterial, PointMaterial.material_id == Material.id)
        .where(PointMaterial.point_id == point.id)
        .order_by(Material.id)
    )
    for material in tx.session.scalars(query):
        attach(tx, copy, material)


def create_point(tx: Transaction, sitting: Sitting, new: NewPoint, rank: int) -> AgendaPoint:
    """Create and record a point at this rank of a sitting's agenda; `new` has its title."""
    point = AgendaPoint(
        sitting_id=sitting.id,
        rank=rank,
        title=new.title,
        minutes_planned=new.minutes_planned,
        proposal_id=new.proposal_id,
    )
    tx.session.add(point)
    tx.flush()
    tx.record(
        sitting_stream(sitting.id),
        PointAdded(
            point_id=point.id,
            rank=rank,
            title=FreeText(point.title),
            minutes_planned=new.minutes_planned,
            proposal_id=new.proposal_id,
        ),
    )
    return point


def with_title(tx: Transaction, sitting: Sitting, new: NewPoint) -> NewPoint:
    """Return a new point with its own title or that of its proposal; Invalid without either."""
    return replace(new, title=_resolve_title(tx, sitting, new))


def _resolve_title(tx: Transaction, sitting: Sitting, new: NewPoint) -> str:
    """The point's own title, or that of its proposal, which the table must have admitted."""
    if new.proposal_id is None:
        if not new.title:
            raise Invalid.at("title", _("Write the title of the point, or choose a proposal."))
        return new.title
    proposal = tx.session.get(Proposal, new.proposal_id)
    admitted = proposal is not None and proposal.state is ProposalState.ADMITTED
    if proposal is None or not admitted or proposal.table_id != sitting.table_id:
        raise Invalid.at("proposal_id", _("Choose a proposal that this table has admitted."))
    return new.title or proposal.title
