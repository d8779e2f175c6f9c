"""Sums of a programme and of a cycle's years: who pays, for what, for whom, where.

Each table is one query over the shares of a programme, or of the programmes of a cycle.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from consultazione.programme.kinds import AreaOfUse, MacroLevel
from consultazione.programme.models import (
    AnnualProgramme,
    Intervention,
    InterventionBody,
    Share,
)
from consultazione.programme.queries import programmes_of
from consultazione.zones.models import Body

NOTHING = Decimal(0)


def _total(column: Any, condition: Any = None) -> ColumnElement[Decimal]:
    """The sum of a column, where a condition holds if there is one; nothing if there is none."""
    added = func.sum(column)
    return func.coalesce(added if condition is None else added.filter(condition), NOTHING)


_PLANNED, _SPENT = _total(Share.amount), _total(Share.spent)
_SUMS = (
    _PLANNED,
    _SPENT,
    _total(Share.amount, Share.activated_by_consultation),
    _total(Share.amount, Share.spent.is_not(None)),
)


@dataclass(frozen=True)
class Sum:
    """Money under one heading. planned: what its shares come to; spent: what was spent of them;
    activated: the part of what is planned that the consultation found; known: the part of which
    it is known how much was spent.
    """

    planned: Decimal = NOTHING
    spent: Decimal = NOTHING
    activated: Decimal = NOTHING
    known: Decimal = NOTHING

    @property
    def difference(self) -> Decimal:
        """Actual against budget, where the actual is known: negative if less was spent."""
        return self.spent - self.known

    def __add__(self, other: Sum) -> Sum:
        return Sum(
            self.planned + other.planned,
            self.spent + other.spent,
            self.activated + other.activated,
            self.known + other.known,
        )


@dataclass(frozen=True)
class Payer:
    """A body and what it pays in a programme, for so many interventions."""

    body: Body
    interventions: int
    sum: Sum


@dataclass(frozen=True)
class Place:
    """A body of the zone where interventions are carried out, and what these cost as a whole."""

    body: Body
    interventions: int
    cost: Decimal


@dataclass(frozen=True)
class Year:
    """The programme of one year; None if it is not open."""

    year: int
    programme: AnnualProgramme | None
    interventions: int
    sum: Sum


def payers(session: Session, programme_id: int) -> list[Payer]:
    """Who pays in a programme, the largest sum first."""
    query = (
        select(Body, func.count(Share.intervention_id.distinct()), *_SUMS)
        .join(Share, Share.body_id == Body.id)
        .where(Share.programme_id == programme_id)
        .group_by(Body.id)
        .order_by(_PLANNED.desc(), Body.name)
    )
    return [Payer(body, number, Sum(*sums)) for body, number, *sums in session.execute(query)]


class Matrix:
    """The FNPS matrix of a programme: macro-levels by areas of use, with the sums of both."""

    def __init__(self, cells: dict[tuple[MacroLevel, AreaOfUse], Sum]) -> None:
        self._cells = cells

    def cell(self, level: MacroLevel, area: AreaOfUse) -> Sum:
        """The sum of one cell."""
        return self._cells.get((level, area), Sum())

    def of_level(self, level: MacroLevel) -> Sum:
        """The sum of a row: for what."""
        return sum((self.cell(level, area) for area in AreaOfUse), Sum())

    def of_area(self, area: AreaOfUse) -> Sum:
        """The sum of a column: for whom."""
        return sum((self.cell(level, area) for level in MacroLevel), Sum())

    @property
    def total(self) -> Sum:
        """The sum of everything."""
        return sum(self._cells.values(), Sum())


def matrix(session: Session, programme_id: int) -> Matrix:
    """The FNPS matrix of a programme."""
    query = (
        select(Intervention.level, Intervention.area, *_SUMS)
        .join(Share, Share.intervention_id == Intervention.id)
        .where(Share.programme_id == programme_id, Intervention.programme_id == programme_id)
        .group_by(Intervention.level, Intervention.area)
    )
    return Matrix({(level, area): Sum(*sums) for level, area, *sums in session.execute(query)})


def places(session: Session, zone_id: int, programme_id: int) -> list[Place]:
    """Where a programme is carried out: each body of the zone with the interventions that it
    leads or is involved in. What several take part in counts in full for each of them.
    """
    takes_part = (
        select(Intervention.id, Intervention.total, Intervention.lead_body_id.label("body_id"))
        .where(Intervention.programme_id == programme_id)
        .union(
            select(Intervention.id, Intervention.total, InterventionBody.body_id)
            .join(InterventionBody, InterventionBody.intervention_id == Intervention.id)
            .where(Intervention.programme_id == programme_id)
        )
        .subquery()
    )
    cost = _total(takes_part.c.total)
    query = (
        select(Body, func.count(takes_part.c.id), cost)
        .outerjoin(takes_part, takes_part.c.body_id == Body.id)
        .where(Body.zone_id == zone_id)
        .group_by(Body.id)
        .order_by(cost.desc(), Body.name)
    )
    return [Place(*row) for row in session.execute(query).all()]


def years(session: Session, cycle_id: int, first: int, last: int) -> list[Year]:
    """Every year of a cycle with what its programme comes to, open or not."""
    programmes = {row.year: row for row in programmes_of(session, cycle_id)}
    sums = _by_programme(session, [row.id for row in programmes.values()])
    none = (0, Sum())
    return [
        Year(year, row, *(sums.get(row.id, none) if row else none))
        for year in range(first, last + 1)
        for row in [programmes.get(year)]
    ]


def _by_programme(session: Session, ids: list[int]) -> dict[int, tuple[int, Sum]]:
    """Of each programme by id: how many interventions have shares, their sums.

    The ids are given, so that PostgreSQL goes by the index and not through all shares.
    """
    number = func.count(Share.intervention_id.distinct())
    query = (
        select(Share.programme_id, number, *_SUMS)
        .where(Share.programme_id.in_(ids))
        .group_by(Share.programme_id)
    )
    return {
        programme_id: (interventions, Sum(*sums))
        for programme_id, interventions, *sums in session.execute(query)
    }


def levels_by_year(session: Session, cycle_id: int) -> dict[tuple[MacroLevel, int], Decimal]:
    """What each macro-level gets in each year of a cycle."""
    query = (
        select(Intervention.level, AnnualProgramme.year, _total(Intervention.total))
        .join(Intervention.programme)
        .where(AnnualProgramme.cycle_id == cycle_id)
        .group_by(Intervention.level, AnnualProgramme.year)
    )
    return {(level, year): total for level, year, total in session.execute(query)}
