"""A programme as it stands: the sheet and the shares of each intervention."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.programme.kinds import PolicyArea
from consultazione.programme.models import (
    Intervention,
    InterventionBody,
    InterventionPriority,
    Share,
)
from consultazione.programme.sheet import Payer, Sheet


@dataclass(frozen=True)
class Held:
    """What a share holds. spent: None while that is not known."""

    amount: Decimal
    spent: Decimal | None


@dataclass(frozen=True)
class Present:
    """An intervention as it stands."""

    id: int
    sheet: Sheet
    shares: Mapping[Payer, Held] = field(default_factory=dict)


def present_interventions(session: Session, programme_id: int) -> dict[int, Present]:
    """The interventions of a programme by id, with all that an import can change."""
    shares: dict[int, dict[Payer, Held]] = defaultdict(dict)
    for row in session.execute(_shares().where(Share.programme_id == programme_id)):
        payer = row.body_id, row.fund_id, row.activated_by_consultation
        shares[row.intervention_id][payer] = Held(row.amount, row.spent)
    bodies = _linked(session, programme_id, InterventionBody, InterventionBody.body_id)
    priorities = _linked(
        session, programme_id, InterventionPriority, InterventionPriority.priority_id
    )
    table: Any = Intervention.__table__
    rows = session.execute(
        select(table).where(table.c.programme_id == programme_id).order_by(table.c.id)
    )
    return {
        row.id: Present(row.id, _sheet(row, bodies[row.id], priorities[row.id]), shares[row.id])
        for row in rows
    }


def _shares() -> Any:
    return select(
        Share.intervention_id,
        Share.body_id,
        Share.fund_id,
        Share.activated_by_consultation,
        Share.amount,
        Share.spent,
    )


def _linked(session: Session, programme_id: int, link: Any, linked: Any) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    query = (
        select(link.intervention_id, linked)
        .join(Intervention, Intervention.id == link.intervention_id)
        .where(Intervention.programme_id == programme_id)
        .order_by(linked)
    )
    for intervention_id, linked_id in session.execute(query):
        found[intervention_id].append(linked_id)
    return found


def _sheet(row: Any, body_ids: list[int], priority_ids: list[int]) -> Sheet:
    return Sheet(
        kind=row.kind,
        title=row.title,
        level=row.level,
        area=row.area,
        lead_body_id=row.lead_body_id,
        scheda=row.scheda,
        regional_area=row.regional_area,
        policies=tuple(PolicyArea(policy) for policy in row.policies),
        body_ids=tuple(body_ids),
        priority_ids=tuple(priority_ids),
        table_id=row.table_id,
        continues_id=row.continues_id,
        objectives=row.objectives,
        actions=row.actions,
        recipients=row.recipients,
        integration=row.integration,
    )
