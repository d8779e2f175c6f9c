"""The money of a zone as its file has it: funds, programmes, and how spending is shared."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from consultazione.core import clock
from consultazione.importing.export.values import Item, without_empty, written
from consultazione.programme.balances import earmarks
from consultazione.programme.models import (
    AnnualProgramme,
    Earmark,
    Fund,
    FundAmount,
    Indicator,
    Intervention,
    Resource,
    Share,
)
from consultazione.programme.queries import (
    answered,
    fund_amount,
    funds,
    indicators,
    interventions,
    involved,
    programmes_of,
    resources,
    shares,
)


def fund_items(session: Session, zone_id: int) -> list[Item]:
    """The funds of a zone with their earmarks."""
    marks = earmarks(session, zone_id)
    return [
        _fund(row, [m for m in marks if m.fund_id == row.id]) for row in funds(session, zone_id)
    ]


def programme_items(session: Session, cycle_id: int) -> list[Item]:
    """The programmes of a cycle, by year, as they are now."""
    return [_programme(session, row) for row in programmes_of(session, cycle_id)]


def _fund(row: Fund, marks: Iterable[Earmark]) -> Item:
    return without_empty(
        {
            "code": row.code,
            "name": row.name,
            "source": row.source,
            "earmarks": [_earmark(mark) for mark in marks],
            "demo": row.demo,
        }
    )


def _earmark(row: Earmark) -> Item:
    return without_empty(
        {
            "purpose": row.purpose,
            "percent": written(row.percent),
            "level": row.level and row.level.value,
            "area": row.area and row.area.value,
            "policy": row.policy and row.policy.value,
            "source": row.source,
        }
    )


def _programme(session: Session, row: AnnualProgramme) -> Item:
    given = [fund_amount(session, row.id, fund.id) for fund in funds(session, row.zone_id)]
    return without_empty(
        {
            "year": row.year,
            "opened_on": clock.in_rome(row.opened_at).date(),
            "approved_by": f"act-{row.act_id}" if row.act_id else None,
            "demo": row.demo,
            "funds": [_given(one) for one in given if one],
            "interventions": [
                _intervention(session, row, one) for one in interventions(session, row.id)
            ],
        }
    )


def _given(row: FundAmount) -> Item:
    return {"fund": row.fund.code, "amount": written(row.amount)}


def _intervention(session: Session, programme: AnnualProgramme, row: Intervention) -> Item:
    """An intervention; its sheet is whole, so that it takes nothing from an earlier one."""
    money = without_empty(
        {
            "id": f"intervention-{row.id}",
            "continues": _continued(session, programme, row),
            "total": written(row.total),
            "shares": [_share(one) for one in shares(session, [row.id])],
            "resources": [_resource(one) for one in resources(session, row.id)],
            "indicators": [_indicator(one) for one in indicators(session, [row.id])],
            "demo": row.demo,
        }
    )
    return {**_sheet(session, row), **money}


def _continued(session: Session, programme: AnnualProgramme, row: Intervention) -> str | None:
    """The intervention of the same cycle that this one goes on with."""
    if row.continues_id is None:
        return None
    earlier = session.get_one(Intervention, row.continues_id)
    same = earlier.programme.cycle_id == programme.cycle_id
    return f"intervention-{earlier.id}" if same else None


def _sheet(session: Session, row: Intervention) -> Item:
    return {
        "kind": row.kind.value,
        "title": row.title,
        "scheda": row.scheda,
        "regional_area": row.regional_area,
        "level": row.level.value,
        "area": row.area.value,
        "policies": list(row.policies),
        "lead_body": row.lead_body.name,
        "bodies": [body.name for body in involved(session, row.id)],
        "needs": [need.title for need in answered(session, row.id)],
        "table": row.table.slug if row.table else None,
        "objectives": row.objectives,
        "actions": row.actions,
        "recipients": row.recipients,
        "integration": row.integration,
    }


def _share(row: Share) -> Item:
    return without_empty(
        {
            "body": row.body.name,
            "fund": row.fund.code,
            "amount": written(row.amount),
            "spent": None if row.spent is None else written(row.spent),
            "activated_by_consultation": row.activated_by_consultation,
        }
    )


def _resource(row: Resource) -> Item:
    return without_empty(
        {
            "kind": row.kind.value,
            "description": row.description,
            "quantity": written(row.quantity),
            "unit": row.unit,
            "activated_by_consultation": row.activated_by_consultation,
        }
    )


def _indicator(row: Indicator) -> Item:
    return without_empty(
        {
            "name": row.name,
            "unit": row.unit,
            "target": written(row.target),
            "source": row.source,
            "responsible": row.responsible,
            "measured": None if row.measured is None else written(row.measured),
            "measured_on": row.measured_on,
            "evidence": row.evidence,
        }
    )
