"""Queries on sharing: figures of bodies, criteria, items, stored what-ifs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session, joinedload, selectinload

from consultazione.core.errors import NotFound
from consultazione.programme.models import Intervention
from consultazione.sharing.criteria import Payer
from consultazione.sharing.models import (
    BodyFigures,
    PointScenario,
    Scenario,
    ScenarioApplication,
    ScenarioIntervention,
    SharedItem,
    SharingCriterion,
)
from consultazione.sittings.models import AgendaPoint
from consultazione.sittings.polls.models import Poll
from consultazione.zones.models import Body, BodyKind


def municipalities(session: Session, zone_id: int) -> list[Body]:
    """The municipalities of a zone, in the order in which they were registered."""
    query = select(Body).filter_by(zone_id=zone_id, kind=BodyKind.MUNICIPALITY).order_by(Body.id)
    return list(session.scalars(query))


def figures_of(session: Session, body_id: int, year: int) -> BodyFigures | None:
    """The last version of a body's figures for a year; None if nobody recorded any."""
    query = select(BodyFigures).filter_by(body_id=body_id, year=year)
    return session.scalar(query.order_by(BodyFigures.version.desc()).limit(1))


def figures_by_year(session: Session, zone_id: int) -> dict[int, dict[int, BodyFigures]]:
    """The last version of all figures of a zone's bodies, by year and by the body's id."""
    query = (
        select(BodyFigures)
        .join(Body)
        .where(Body.zone_id == zone_id)
        .ext(distinct_on(BodyFigures.body_id, BodyFigures.year))
        .order_by(BodyFigures.body_id, BodyFigures.year, BodyFigures.version.desc())
    )
    found: dict[int, dict[int, BodyFigures]] = defaultdict(dict)
    for row in session.scalars(query):
        found[row.year][row.body_id] = row
    return dict(found)


def versions_of(session: Session, zone_id: int, year: int) -> list[BodyFigures]:
    """All that was ever recorded of a zone's bodies for a year, the newest first."""
    query = (
        select(BodyFigures)
        .join(Body)
        .options(joinedload(BodyFigures.body))
        .where(Body.zone_id == zone_id, BodyFigures.year == year)
        .order_by(BodyFigures.id.desc())
    )
    return list(session.scalars(query))


def payers(bodies: Iterable[Body], figures: dict[int, BodyFigures]) -> tuple[Payer, ...]:
    """Bodies with their figures of one year."""
    return tuple(
        Payer(body.id, body.name, row.population, row.users)
        if (row := figures.get(body.id))
        else Payer(body.id, body.name)
        for body in bodies
    )


def criteria(session: Session, cycle_id: int) -> list[SharingCriterion]:
    """The criteria of a cycle with all their versions, the oldest first."""
    query = select(SharingCriterion).filter_by(cycle_id=cycle_id).order_by(SharingCriterion.id)
    return list(session.scalars(query.options(selectinload(SharingCriterion.versions))))


def get_criterion(session: Session, criterion_id: int) -> SharingCriterion:
    """A criterion by id; NotFound if there is none."""
    criterion = session.get(SharingCriterion, criterion_id)
    if criterion is None:
        raise NotFound(_("There is no such criterion."))
    return criterion


def items(session: Session, cycle_id: int, year: int) -> list[SharedItem]:
    """The shared items of a year, in the order in which they were written."""
    query = select(SharedItem).filter_by(cycle_id=cycle_id, year=year).order_by(SharedItem.id)
    return list(session.scalars(query))


def get_item(session: Session, item_id: int) -> SharedItem:
    """A shared item by id; NotFound if there is none."""
    item = session.get(SharedItem, item_id)
    if item is None:
        raise NotFound(_("There is no such item: somebody may have taken it away."))
    return item


def scenarios(session: Session, cycle_id: int, *, limit: int = 100) -> list[Scenario]:
    """The stored what-ifs of a cycle, the newest first."""
    query = select(Scenario).filter_by(cycle_id=cycle_id).order_by(Scenario.id.desc())
    return list(session.scalars(query.limit(limit)))


def get_scenario(session: Session, scenario_id: int) -> Scenario:
    """A stored what-if by id; NotFound if there is none."""
    scenario = session.get(Scenario, scenario_id)
    if scenario is None:
        raise NotFound(_("There is no such what-if."))
    return scenario


def scenarios_by_point(session: Session, sitting_id: int) -> dict[int, list[Scenario]]:
    """The stored what-ifs of each point of a sitting, by point id, the oldest first."""
    query = (
        select(PointScenario)
        .join(AgendaPoint, AgendaPoint.id == PointScenario.point_id)
        .options(joinedload(PointScenario.scenario))
        .where(AgendaPoint.sitting_id == sitting_id)
        .order_by(PointScenario.scenario_id)
    )
    found: dict[int, list[Scenario]] = defaultdict(list)
    for row in session.scalars(query):
        found[row.point_id].append(row.scenario)
    return dict(found)


def scenarios_of(session: Session, sitting_id: int) -> list[Scenario]:
    """The stored what-ifs of all points of a sitting, each once, the oldest first."""
    by_point = scenarios_by_point(session, sitting_id).values()
    found = {scenario.id: scenario for rows in by_point for scenario in rows}
    return [found[scenario_id] for scenario_id in sorted(found)]


def points_of(session: Session, scenario_id: int) -> list[AgendaPoint]:
    """The points of agendas that a stored what-if stands beside, the newest first."""
    query = (
        select(AgendaPoint)
        .join(PointScenario, PointScenario.point_id == AgendaPoint.id)
        .where(PointScenario.scenario_id == scenario_id)
        .order_by(AgendaPoint.id.desc())
    )
    return list(session.scalars(query))


def polls_at(session: Session, point_ids: Iterable[int]) -> list[Poll]:
    """The polls that were opened at points of agendas, the oldest first."""
    query = select(Poll).where(Poll.point_id.in_(list(point_ids))).order_by(Poll.id)
    return list(session.scalars(query))


def votes_for(session: Session, scenario_id: int) -> list[Poll]:
    """The votes that were carried at points beside which a what-if stands, the oldest first."""
    points = [point.id for point in points_of(session, scenario_id)]
    return [poll for poll in polls_at(session, points) if (poll.result or {}).get("carried")]


def application_of(session: Session, scenario_id: int) -> ScenarioApplication | None:
    """The vote by which a what-if was applied, and when; None if it was not."""
    query = select(ScenarioApplication).filter_by(scenario_id=scenario_id)
    return session.scalar(query.options(joinedload(ScenarioApplication.poll)))


def applied(session: Session, cycle_id: int) -> set[int]:
    """The ids of a cycle's what-ifs that a vote carried and that were applied."""
    query = select(ScenarioApplication.scenario_id).join(ScenarioApplication.scenario)
    return set(session.scalars(query.where(Scenario.cycle_id == cycle_id)))


def interventions_of(session: Session, scenario_id: int) -> dict[int, Intervention]:
    """The interventions whose cost is shared as a what-if has it, by the item's id."""
    query = select(ScenarioIntervention).filter_by(scenario_id=scenario_id)
    rows = session.scalars(query.options(joinedload(ScenarioIntervention.intervention)))
    return {row.item_id: row.intervention for row in rows}


def applications_behind(session: Session, intervention_id: int) -> list[ScenarioApplication]:
    """The votes by which the cost of an intervention was shared, the newest first."""
    query = (
        select(ScenarioApplication)
        .join(
            ScenarioIntervention,
            ScenarioIntervention.scenario_id == ScenarioApplication.scenario_id,
        )
        .where(ScenarioIntervention.intervention_id == intervention_id)
        .options(joinedload(ScenarioApplication.scenario), joinedload(ScenarioApplication.poll))
        .order_by(ScenarioApplication.applied_at.desc(), ScenarioApplication.scenario_id.desc())
    )
    return list(session.scalars(query))
