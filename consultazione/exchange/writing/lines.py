"""The sheet of a programme: a line for each share, with the headings that an import reads.

What is said of an intervention stands on its first line; the others repeat number and title.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import CTE, Select, and_, func, select
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
    """The cells of each line, in the order of COLUMNS."""
    before = None
    for row in stream(session, _query(programme_id)):
        yield _cells(row, first=row.id != before)
        before = row.id


def _cells(row: Any, *, first: bool) -> Sequence[Value]:
    said: dict[Column, Value] = {
        Column.NUMBER: row.id,
        Column.TITLE: row.title,
        Column.BODY: row.payer,
        Column.FUND: row.code,
        Column.AMOUNT: row.amount,
        Column.SPENT: row.spent,
        Column.ACTIVATED: "sì" if row.activated_by_consultation else None,
    }
    if first:
        said |= _sheet(row)
    return [said.get(column) for column in COLUMNS]


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


def _query(programme_id: int) -> Select[*tuple[Any, ...]]:
    sheet, payer = _sheets(programme_id), aliased(Body)
    return (
        select(
            sheet,
            payer.name.label("payer"),
            Fund.code,
            Share.amount,
            Share.spent,
            Share.activated_by_consultation,
        )
        .outerjoin(
            Share,
            and_(Share.intervention_id == sheet.c.id, Share.programme_id == programme_id),
        )
        .outerjoin(payer, payer.id == Share.body_id)
        .outerjoin(Fund, Fund.id == Share.fund_id)
        .order_by(sheet.c.id, Share.id)
    )


def _sheets(programme_id: int) -> CTE:
    """What is said of each intervention: put together once for all of its shares."""
    lead = aliased(Body)
    query = (
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
    )
    return query.cte("sheet").prefix_with("MATERIALIZED")


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
