"""The sheet of a programme: a line for each share, with the headings that an import reads.

What is said of an intervention stands on its first line; the others repeat number and title.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from consultazione.exchange.reading import words
from consultazione.exchange.reading.headings import Column
from consultazione.exchange.writing.source import stream
from consultazione.programme.models import (
    Fund,
    Intervention,
    InterventionBody,
    InterventionPriority,
    Share,
)
from consultazione.tables.models import ThematicTable
from consultazione.zones.models import Body, Priority

Value = str | int | Decimal | None
COLUMNS = tuple(column for column in Column if column is not Column.PERCENT)
# Names in one cell.
SEPARATOR = "; "
_SAID_ONCE = COLUMNS[COLUMNS.index(Column.TITLE) + 1 : COLUMNS.index(Column.BODY)]


def lines(session: Session, programme_id: int) -> Iterator[Sequence[Value]]:
    """The cells of each line, in the order of COLUMNS.

    Sheets and shares are read side by side, in one order: joined, each share brought all the texts
    of its intervention again, which took twice as long.
    """
    grouped = groupby(stream(session, _shares(programme_id)), attrgetter("intervention_id"))
    number, shares = next(grouped, (None, iter(())))
    for sheet in stream(session, _sheets(programme_id)):
        said: Mapping[Column, Value] = _sheet(sheet)
        if number != sheet.id:
            yield _cells(sheet, said)
            continue
        for share in shares:
            yield _cells(sheet, {**said, **_share(share)})
            said = {}
        number, shares = next(grouped, (None, iter(())))


def _cells(sheet: Any, said: Mapping[Column, Value]) -> Sequence[Value]:
    every = {Column.NUMBER: sheet.id, Column.TITLE: sheet.title, **said}
    return [every.get(column) for column in COLUMNS]


def _share(row: Any) -> dict[Column, Value]:
    return {
        Column.BODY: row.payer,
        Column.FUND: row.code,
        Column.AMOUNT: row.amount,
        Column.SPENT: row.spent,
        Column.ACTIVATED: "sì" if row.activated_by_consultation else None,
    }


def _sheet(row: Any) -> dict[Column, Value]:
    return {
        Column.KIND: words.name_of(Column.KIND, row.kind),
        Column.SCHEDA: row.scheda,
        Column.REGIONAL_AREA: row.regional_area,
        Column.LEVEL: words.name_of(Column.LEVEL, row.level),
        Column.AREA: words.name_of(Column.AREA, row.area),
        Column.POLICIES: SEPARATOR.join(words.name_of(Column.POLICIES, p) for p in row.policies),
        Column.LEAD_BODY: row.lead,
        Column.BODIES: row.bodies,
        Column.TABLE: row.place,
        Column.PRIORITIES: row.priorities,
        Column.OBJECTIVES: row.objectives,
        Column.ACTIONS: row.actions,
        Column.RECIPIENTS: row.recipients,
        Column.INTEGRATION: row.integration,
        Column.TOTAL: row.total,
    }


def _shares(programme_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Share.intervention_id,
            Body.name.label("payer"),
            Fund.code,
            Share.amount,
            Share.spent,
            Share.activated_by_consultation,
        )
        .join(Body, Body.id == Share.body_id)
        .join(Fund, Fund.id == Share.fund_id)
        .where(Share.programme_id == programme_id)
        .order_by(Share.intervention_id, Share.id)
    )


def _sheets(programme_id: int) -> Select[*tuple[Any, ...]]:
    lead = aliased(Body)
    return (
        select(
            Intervention.__table__,
            lead.name.label("lead"),
            ThematicTable.name.label("place"),
            involved_bodies().label("bodies"),
            answered_priorities().label("priorities"),
        )
        .join(lead, lead.id == Intervention.lead_body_id)
        .outerjoin(ThematicTable, ThematicTable.id == Intervention.table_id)
        .where(Intervention.programme_id == programme_id)
        .order_by(Intervention.id)
    )


def involved_bodies() -> Any:
    """The names of the bodies that an intervention involves, in one text."""
    return (
        select(func.string_agg(Body.name, SEPARATOR))
        .join(InterventionBody, InterventionBody.body_id == Body.id)
        .where(InterventionBody.intervention_id == Intervention.id)
        .correlate(Intervention)
        .scalar_subquery()
    )


def answered_priorities() -> Any:
    """The titles of the needs and priorities that an intervention answers, in one text."""
    return (
        select(func.string_agg(Priority.title, SEPARATOR))
        .join(InterventionPriority, InterventionPriority.priority_id == Priority.id)
        .where(InterventionPriority.intervention_id == Intervention.id)
        .correlate(Intervention)
        .scalar_subquery()
    )
