"""What the zones of a territory plan to spend, by inhabitant, and what they measure of it.

As many statements however many zones there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import Subquery, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from consultazione.core.money import CENT
from consultazione.programme.models import AnnualProgramme, Indicator, Intervention
from consultazione.sharing.models import BodyFigures
from consultazione.zones.models import Body, BodyKind, Cycle


@dataclass(frozen=True)
class Spending:
    """The last annual programme of a cycle that has interventions.

    planned: in euro. measured: how many of the indicators have a measure. inhabitants: of all
    municipalities of the zone in the year `counted_in`; both None if those of one are not known.
    """

    year: int
    interventions: int
    planned: Decimal
    indicators: int
    measured: int
    counted_in: int | None = None
    inhabitants: int | None = None

    @property
    def per_inhabitant(self) -> Decimal | None:
        """What is planned for each inhabitant, half a cent rounded up; None if not known."""
        if self.inhabitants is None:
            return None
        return (self.planned / self.inhabitants).quantize(CENT, ROUND_HALF_UP)


def last_spending(session: Session, cycles: Sequence[Cycle]) -> dict[int, Spending]:
    """The spending of each cycle that has a programme with interventions, by the cycle's id."""
    zones = {cycle.id: cycle.zone_id for cycle in cycles}
    inhabitants = _inhabitants(session, list(zones.values()))
    measures = _measures([cycle.id for cycle in cycles])
    rows = session.execute(
        select(
            AnnualProgramme.cycle_id,
            AnnualProgramme.year,
            func.count(Intervention.id).label("interventions"),
            func.sum(Intervention.total).label("planned"),
            func.coalesce(func.sum(measures.c.indicators), 0).label("indicators"),
            func.coalesce(func.sum(measures.c.measured), 0).label("measured"),
        )
        .join(Intervention, Intervention.programme_id == AnnualProgramme.id)
        .outerjoin(measures, measures.c.intervention_id == Intervention.id)
        .where(AnnualProgramme.cycle_id.in_([cycle.id for cycle in cycles]))
        .group_by(AnnualProgramme.id)
        .ext(distinct_on(AnnualProgramme.cycle_id))
        .order_by(AnnualProgramme.cycle_id, AnnualProgramme.year.desc())
    )
    return {
        row.cycle_id: Spending(
            row.year,
            row.interventions,
            row.planned,
            row.indicators,
            row.measured,
            *_last_count(inhabitants[zones[row.cycle_id]], row.year),
        )
        for row in rows
    }


def _measures(cycle_ids: Sequence[int]) -> Subquery:
    """How many indicators the interventions of cycles have, and how many of these are measured."""
    return (
        select(
            Indicator.intervention_id,
            func.count().label("indicators"),
            func.count(Indicator.measured).label("measured"),
        )
        .join(Intervention, Intervention.id == Indicator.intervention_id)
        .join(AnnualProgramme, AnnualProgramme.id == Intervention.programme_id)
        .where(AnnualProgramme.cycle_id.in_(cycle_ids))
        .group_by(Indicator.intervention_id)
        .subquery()
    )


def _inhabitants(session: Session, zone_ids: Sequence[int]) -> Mapping[int, dict[int, int]]:
    """The inhabitants of zones, by zone and by each year in which all municipalities are known."""
    municipalities = select(Body.zone_id, func.count()).where(
        Body.zone_id.in_(zone_ids), Body.kind == BodyKind.MUNICIPALITY
    )
    expected = dict(session.execute(municipalities.group_by(Body.zone_id)).all())
    last = (
        select(BodyFigures.population, BodyFigures.year, Body.zone_id)
        .join(Body)
        .where(Body.zone_id.in_(zone_ids), Body.kind == BodyKind.MUNICIPALITY)
        .ext(distinct_on(BodyFigures.body_id, BodyFigures.year))
        .order_by(BodyFigures.body_id, BodyFigures.year, BodyFigures.version.desc())
        .subquery()
    )
    sums = select(
        last.c.zone_id, last.c.year, func.sum(last.c.population), func.count(last.c.population)
    ).group_by(last.c.zone_id, last.c.year)
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for zone_id, year, people, bodies in session.execute(sums):
        if bodies == expected[zone_id]:
            found[zone_id][year] = people
    return found


def _last_count(by_year: Mapping[int, int], year: int) -> tuple[int | None, int | None]:
    """The last year up to one given that has a count, and the count; None and None without."""
    known = max((one for one in by_year if one <= year), default=None)
    return known, None if known is None else by_year[known]
