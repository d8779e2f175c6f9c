"""Queries on tables, seats and materials."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import ScalarSelect, Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.errors import NotFound
from consultazione.people.models import Category, Organisation
from consultazione.tables.models import (
    Accreditation,
    Material,
    Seat,
    TableDefault,
    TableKind,
    ThematicTable,
)
from consultazione.tables.rules import BUILT_IN, TableRule, rule_of


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


def seated_ids(session: Session, table_id: int, *, unions: bool = False) -> set[int]:
    """The ids of the organisations with a seat at a table; only of the unions, if so asked."""
    query = select(Seat.organisation_id).where(Seat.table_id == table_id)
    if unions:
        query = query.join(Seat.organisation).where(Organisation.category == Category.UNION)
    return set(session.scalars(query))


def default_rule(session: Session, zone_id: int, kind: TableKind) -> TableRule:
    """The rule that a new table of a kind gets in a zone."""
    chosen = session.get(TableDefault, (zone_id, kind))
    return BUILT_IN[kind] if chosen is None else rule_of(chosen.rule)


def accreditations(session: Session, table_id: int) -> list[Accreditation]:
    """Who is admitted to a table, with the persons loaded, in the order of admission."""
    query = (
        select(Accreditation)
        .options(joinedload(Accreditation.person))
        .where(Accreditation.table_id == table_id, Accreditation.ended_at.is_(None))
        .order_by(Accreditation.id)
    )
    return list(session.scalars(query))


def admissions_of(session: Session, person_id: int, zone_id: int) -> list[Accreditation]:
    """The tables of a zone to which a person is admitted by act, in the order of admission."""
    query = (
        select(Accreditation)
        .join(ThematicTable, ThematicTable.id == Accreditation.table_id)
        .where(Accreditation.person_id == person_id, Accreditation.ended_at.is_(None))
        .where(ThematicTable.zone_id == zone_id)
        .order_by(Accreditation.id)
    )
    return list(session.scalars(query))


def admitted(table_id: int | ScalarSelect[int], at: datetime) -> Select[Any]:
    """Select the ids of the persons whose admission to a table had not ended at a moment.

    One that was given later is among them: who is admitted while a poll is open votes in it.
    """
    return select(Accreditation.person_id).where(
        Accreditation.table_id == table_id,
        or_(Accreditation.ended_at.is_(None), Accreditation.ended_at > at),
    )


def tables_at_which(session: Session, organisation_id: int) -> list[ThematicTable]:
    """The tables at which an organisation sits, by name."""
    query = (
        select(ThematicTable)
        .join(Seat, Seat.table_id == ThematicTable.id)
        .where(Seat.organisation_id == organisation_id)
        .order_by(ThematicTable.name)
    )
    return list(session.scalars(query))


def get_accreditation(session: Session, accreditation_id: int) -> Accreditation:
    """An accreditation by id; NotFound if there is none."""
    row = session.get(Accreditation, accreditation_id)
    if row is None:
        raise NotFound(_("There is no such admission."))
    return row


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
