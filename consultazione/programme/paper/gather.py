"""What the document of an annual programme is composed from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.programme.balances import (
    EarmarkBalance,
    FundBalance,
    earmark_balances,
    fund_balances,
)
from consultazione.programme.models import (
    AnnualProgramme,
    Correction,
    Indicator,
    Intervention,
    InterventionBody,
    InterventionPriority,
    Resource,
    Share,
)
from consultazione.programme.queries import corrections, indicators, interventions, shares
from consultazione.programme.sums import Matrix, Payer, matrix, payers
from consultazione.zones.models import Body, Priority


@dataclass(frozen=True)
class Described:
    """An intervention with all that belongs to it. bodies, priorities: their names."""

    intervention: Intervention
    bodies: list[str] = field(default_factory=list)
    priorities: list[str] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    resources: list[Resource] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)


@dataclass(frozen=True)
class Books:
    """A programme with its money and its interventions, which are in order of their titles."""

    programme: AnnualProgramme
    funds: Sequence[FundBalance]
    earmarks: Sequence[EarmarkBalance]
    payers: Sequence[Payer]
    matrix: Matrix
    interventions: Sequence[Described]
    corrections: Sequence[Correction]


def books_of(session: Session, programme: AnnualProgramme) -> Books:
    """A programme as it stands, in a fixed number of queries; the oldest correction first."""
    funds = fund_balances(session, programme.id)
    return Books(
        programme=programme,
        funds=funds,
        earmarks=earmark_balances(session, programme.id, funds),
        payers=payers(session, programme.id),
        matrix=matrix(session, programme.id),
        interventions=_described(session, programme.id),
        corrections=corrections(session, programme.id)[::-1],
    )


def _described(session: Session, programme_id: int) -> list[Described]:
    found = {row.id: Described(row) for row in interventions(session, programme_id)}
    for intervention_id, name in session.execute(
        select(InterventionBody.intervention_id, Body.name)
        .join(InterventionBody.body)
        .where(InterventionBody.intervention_id.in_(found))
        .order_by(Body.name)
    ):
        found[intervention_id].bodies.append(name)
    for intervention_id, title in session.execute(
        select(InterventionPriority.intervention_id, Priority.title)
        .join(InterventionPriority.priority)
        .where(InterventionPriority.intervention_id.in_(found))
        .order_by(Priority.rank)
    ):
        found[intervention_id].priorities.append(title)
    for share in shares(session, found):
        found[share.intervention_id].shares.append(share)
    for indicator in indicators(session, found):
        found[indicator.intervention_id].indicators.append(indicator)
    for intervention_id, rows in _resources(session, found).items():
        found[intervention_id].resources.extend(rows)
    return list(found.values())


def _resources(session: Session, ids: dict[int, Described]) -> dict[int, list[Resource]]:
    by_intervention = defaultdict(list)
    query = select(Resource).where(Resource.intervention_id.in_(ids))
    for row in session.scalars(query.order_by(Resource.kind, Resource.id)):
        by_intervention[row.intervention_id].append(row)
    return by_intervention
