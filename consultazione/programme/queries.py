"""Queries on programmes, funds and interventions, and on what belongs to them."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.errors import NotFound
from consultazione.programme.models import (
    AnnualProgramme,
    Correction,
    Fund,
    FundAmount,
    Indicator,
    Intervention,
    InterventionBody,
    InterventionPriority,
    Resource,
    Share,
)
from consultazione.zones.models import Body, Priority


def programme_of(session: Session, cycle_id: int, year: int) -> AnnualProgramme:
    """The programme of one year of a cycle; NotFound if it is not open."""
    query = (
        select(AnnualProgramme)
        .options(joinedload(AnnualProgramme.act))
        .where(AnnualProgramme.cycle_id == cycle_id, AnnualProgramme.year == year)
    )
    programme = session.scalar(query)
    if programme is None:
        raise NotFound(_("The programme of this year is not open."))
    return programme


def programmes_of(session: Session, cycle_id: int) -> list[AnnualProgramme]:
    """The programmes of a cycle that are open, by year, with their acts."""
    query = (
        select(AnnualProgramme)
        .options(joinedload(AnnualProgramme.act))
        .where(AnnualProgramme.cycle_id == cycle_id)
        .order_by(AnnualProgramme.year)
    )
    return list(session.scalars(query))


def interventions(session: Session, programme_id: int) -> list[Intervention]:
    """A programme's interventions by title, with their lead bodies and tables."""
    query = (
        select(Intervention)
        .options(joinedload(Intervention.lead_body), joinedload(Intervention.table))
        .where(Intervention.programme_id == programme_id)
        .order_by(Intervention.title, Intervention.id)
    )
    return list(session.scalars(query))


def interventions_after(
    session: Session, programme_id: int, *, after: int, limit: int
) -> list[Intervention]:
    """A programme's interventions with ids above `after`, by id."""
    query = (
        select(Intervention)
        .where(Intervention.programme_id == programme_id, Intervention.id > after)
        .order_by(Intervention.id)
        .limit(limit)
    )
    return list(session.scalars(query))


def earlier_interventions(session: Session, programme: AnnualProgramme) -> list[Intervention]:
    """The interventions of earlier years of the same cycle, the latest year first."""
    query = (
        select(Intervention)
        .join(Intervention.programme)
        .options(joinedload(Intervention.programme))
        .where(AnnualProgramme.cycle_id == programme.cycle_id)
        .where(AnnualProgramme.year < programme.year)
        .order_by(AnnualProgramme.year.desc(), Intervention.title)
    )
    return list(session.scalars(query))


def get_intervention(session: Session, intervention_id: int) -> Intervention:
    """An intervention with its programme, lead body and table; NotFound if there is none."""
    with_places = (
        joinedload(Intervention.programme).joinedload(AnnualProgramme.cycle),
        joinedload(Intervention.lead_body),
        joinedload(Intervention.table),
    )
    intervention = session.get(Intervention, intervention_id, options=with_places)
    if intervention is None:
        raise NotFound(_("There is no such intervention."))
    return intervention


def get_indicator(session: Session, intervention_id: int, indicator_id: int) -> Indicator:
    """An indicator of an intervention by id; NotFound if there is none."""
    indicator = session.get(Indicator, indicator_id)
    if indicator is None or indicator.intervention_id != intervention_id:
        raise NotFound(_("There is no such indicator."))
    return indicator


def involved(session: Session, intervention_id: int) -> list[Body]:
    """The bodies that an intervention involves beside its lead body, by name."""
    query = (
        select(Body)
        .join(InterventionBody, InterventionBody.body_id == Body.id)
        .where(InterventionBody.intervention_id == intervention_id)
        .order_by(Body.name)
    )
    return list(session.scalars(query))


def answered(session: Session, intervention_id: int) -> list[Priority]:
    """The needs and priorities that an intervention answers, by rank."""
    query = (
        select(Priority)
        .join(InterventionPriority, InterventionPriority.priority_id == Priority.id)
        .where(InterventionPriority.intervention_id == intervention_id)
        .order_by(Priority.rank)
    )
    return list(session.scalars(query))


def answers_to(session: Session, programme_id: int) -> dict[int, list[Intervention]]:
    """A programme's interventions that answer each need or priority, by its id."""
    query = (
        select(InterventionPriority.priority_id, Intervention)
        .join(Intervention, Intervention.id == InterventionPriority.intervention_id)
        .where(Intervention.programme_id == programme_id)
        .order_by(Intervention.title, Intervention.id)
    )
    found: dict[int, list[Intervention]] = {}
    for priority_id, intervention in session.execute(query):
        found.setdefault(priority_id, []).append(intervention)
    return found


def shares(session: Session, intervention_ids: Iterable[int]) -> list[Share]:
    """The shares of interventions with their bodies and funds, by body and fund."""
    query = (
        select(Share)
        .join(Share.body)
        .join(Share.fund)
        .options(joinedload(Share.body), joinedload(Share.fund))
        .where(Share.intervention_id.in_(list(intervention_ids)))
        .order_by(Body.name, Fund.code, Share.id)
    )
    return list(session.scalars(query))


def shares_after(session: Session, programme_id: int, *, after: int, limit: int) -> list[Share]:
    """A programme's shares with ids above `after`, by id, with their bodies and funds."""
    query = (
        select(Share)
        .options(joinedload(Share.body), joinedload(Share.fund))
        .where(Share.programme_id == programme_id, Share.id > after)
        .order_by(Share.id)
        .limit(limit)
    )
    return list(session.scalars(query))


def resources(session: Session, intervention_id: int) -> list[Resource]:
    """What an intervention needs beside money, by kind and id."""
    query = select(Resource).where(Resource.intervention_id == intervention_id)
    return list(session.scalars(query.order_by(Resource.kind, Resource.id)))


def indicators(session: Session, intervention_ids: Iterable[int]) -> list[Indicator]:
    """The indicators of interventions, by intervention and id."""
    query = (
        select(Indicator)
        .where(Indicator.intervention_id.in_(list(intervention_ids)))
        .order_by(Indicator.intervention_id, Indicator.id)
    )
    return list(session.scalars(query))


def indicators_after(
    session: Session, programme_id: int, *, after: int, limit: int
) -> list[Indicator]:
    """A programme's indicators with ids above `after`, by id."""
    query = (
        select(Indicator)
        .join(Intervention, Intervention.id == Indicator.intervention_id)
        .where(Intervention.programme_id == programme_id, Indicator.id > after)
        .order_by(Indicator.id)
        .limit(limit)
    )
    return list(session.scalars(query))


def corrections(
    session: Session, programme_id: int, intervention_id: int | None = None
) -> list[Correction]:
    """What was changed after the approval, the newest first; of one intervention if given."""
    query = select(Correction).where(Correction.programme_id == programme_id)
    if intervention_id is not None:
        query = query.where(Correction.intervention_id == intervention_id)
    return list(session.scalars(query.order_by(Correction.id.desc())))


def funds(session: Session, zone_id: int) -> list[Fund]:
    """The funds of a zone, by code."""
    return list(session.scalars(select(Fund).where(Fund.zone_id == zone_id).order_by(Fund.code)))


def fund_of(session: Session, zone_id: int, fund_id: int) -> Fund:
    """A fund of a zone by id; NotFound if it has none such."""
    fund = session.get(Fund, fund_id)
    if fund is None or fund.zone_id != zone_id:
        raise NotFound(_("There is no such fund."))
    return fund


def fund_amount(session: Session, programme_id: int, fund_id: int) -> FundAmount | None:
    """What was said that a fund has in a programme; None if nothing was."""
    return session.get(FundAmount, (programme_id, fund_id))
