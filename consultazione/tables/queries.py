"""Queries on tables, seats and materials."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.errors import NotFound
from consultazione.people.models import Organisation
from consultazione.tables.models import Material, Seat, ThematicTable


def tables(session: Session, cycle_id: int) -> list[ThematicTable]:
    """The tables of a cycle, by rank."""
    query = (
        select(ThematicTable)
        .where(ThematicTable.cycle_id == cycle_id)
        .order_by(ThematicTable.rank, ThematicTable.id)
    )
    return list(session.scalars(query))


def table_by_slug(session: Session, cycle_id: int, slug: str) -> ThematicTable:
    """A cycle's table by its slug; NotFound if there is none."""
    query = select(ThematicTable).filter_by(cycle_id=cycle_id, slug=slug)
    return _found(session.scalar(query))


def get_table(session: Session, table_id: int) -> ThematicTable:
    """A table by id; NotFound if there is none."""
    return _found(session.get(ThematicTable, table_id))


def seats(session: Session, table_id: int) -> list[Seat]:
    """The seats at a table, with their organisations loaded, by name."""
    query = (
        select(Seat)
        .join(Seat.organisation)
        .options(joinedload(Seat.organisation))
        .where(Seat.table_id == table_id)
        .order_by(func.lower(func.unaccent(Organisation.name)))
    )
    return list(session.scalars(query))


def tables_at_which(session: Session, organisation_id: int) -> list[ThematicTable]:
    """The tables at which an organisation sits, by name."""
    query = (
        select(ThematicTable)
        .join(Seat, Seat.table_id == ThematicTable.id)
        .where(Seat.organisation_id == organisation_id)
        .order_by(ThematicTable.name)
    )
    return list(session.scalars(query))


def table_materials(
    session: Session, table_id: int, *, before: int | None = None, limit: int | None = None
) -> list[Material]:
    """A table's own materials, without those of its sittings, newest first.

    before: only those with smaller ids, if given.
    """
    query = select(Material).where(Material.table_id == table_id, Material.sitting_id.is_(None))
    if before is not None:
        query = query.where(Material.id < before)
    return list(session.scalars(query.order_by(Material.id.desc()).limit(limit)))


def materials_by_sitting(
    session: Session, sitting_ids: Iterable[int]
) -> dict[int | None, list[Material]]:
    """The materials of several sittings, by sitting id, newest first."""
    query = select(Material).where(Material.sitting_id.in_(list(sitting_ids)))
    by_sitting: dict[int | None, list[Material]] = defaultdict(list)
    for material in session.scalars(query.order_by(Material.id.desc())):
        by_sitting[material.sitting_id].append(material)
    return by_sitting


def sitting_materials(session: Session, sitting_id: int) -> list[Material]:
    """The materials of a sitting, oldest first."""
    query = select(Material).where(Material.sitting_id == sitting_id).order_by(Material.id)
    return list(session.scalars(query))


def materials_after(
    session: Session, cycle_id: int, *, after: int, limit: int, table_id: int | None = None
) -> list[Material]:
    """A cycle's materials with ids above `after`, by id; of one table, if given."""
    query = (
        select(Material)
        .join(ThematicTable, ThematicTable.id == Material.table_id)
        .where(ThematicTable.cycle_id == cycle_id, Material.id > after)
        .order_by(Material.id)
        .limit(limit)
    )
    if table_id is not None:
        query = query.where(Material.table_id == table_id)
    return list(session.scalars(query))


def get_material(session: Session, material_id: int) -> Material:
    """A material by id; NotFound if there is none."""
    material = session.get(Material, material_id)
    if material is None:
        raise NotFound(_("There is no such document."))
    return material


def _found(table: ThematicTable | None) -> ThematicTable:
    if table is None:
        raise NotFound(_("There is no such table."))
    return table
