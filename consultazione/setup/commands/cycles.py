"""Opening a cycle as a copy of an earlier one, by choice of its parts."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from consultazione.core.db import Transaction
from consultazione.core.permissions import Permission, require
from consultazione.tables.commands import set_up_table, take_seat
from consultazione.tables.queries import seats, tables
from consultazione.tables.rules import rule_of
from consultazione.zones.commands.setting_up import NewChapter, NewPhase, NewPriority, open_cycle
from consultazione.zones.models import Cycle
from consultazione.zones.queries import chapters, get_cycle, phases, priorities


class CyclePart(StrEnum):
    """What of a cycle can be taken into the next."""

    CHAPTERS = "chapters"
    PHASES = "phases"
    TABLES = "tables"
    SEATS = "seats"


def copy_cycle(
    tx: Transaction,
    *,
    cycle_id: int,
    first_year: int,
    last_year: int,
    parts: Collection[CyclePart],
    priority_ids: Collection[int] = (),
) -> Cycle:
    """Open one more cycle of a zone with parts of another of it, and return it.

    Phases are copied as not begun, seats only with their tables. priority_ids: the priorities
    that go on. NotFound if there is no such cycle; raises what `open_cycle` raises.
    """
    model = get_cycle(tx.session, cycle_id)
    require(tx.actor, Permission.COPY_CYCLE, zone_id=model.zone_id)
    cycle = open_cycle(
        tx,
        zone_id=model.zone_id,
        first_year=first_year,
        last_year=last_year,
        chapters=_chapters(tx, model) if CyclePart.CHAPTERS in parts else (),
        priorities=_priorities(tx, model, priority_ids),
        phases=_phases(tx, model) if CyclePart.PHASES in parts else (),
    )
    if CyclePart.TABLES in parts:
        _copy_tables(tx, model, cycle, with_seats=CyclePart.SEATS in parts)
    return cycle


def _chapters(tx: Transaction, model: Cycle) -> list[NewChapter]:
    return [
        NewChapter(title=row.title, description=row.description, mandatory=row.mandatory)
        for row in chapters(tx.session, model.id)
    ]


def _priorities(tx: Transaction, model: Cycle, wanted: Collection[int]) -> list[NewPriority]:
    return [
        NewPriority(title=row.title, source=row.source, is_need=row.is_need)
        for row in priorities(tx.session, model.id)
        if row.id in wanted
    ]


def _phases(tx: Transaction, model: Cycle) -> list[NewPhase]:
    return [
        NewPhase(kind=row.kind, title=row.title, description=row.description)
        for row in phases(tx.session, model.id)
    ]


def _copy_tables(tx: Transaction, model: Cycle, cycle: Cycle, *, with_seats: bool) -> None:
    for row in tables(tx.session, model.id):
        copy = set_up_table(
            tx,
            cycle_id=cycle.id,
            name=row.name,
            kind=row.kind,
            remit=row.remit,
            coordinator=row.coordinator,
            slug=row.slug,
            rule=rule_of(row.rule),
        )
        for seat in seats(tx.session, row.id) if with_seats else ():
            take_seat(tx, table_id=copy.id, organisation_id=seat.organisation_id)
