"""Queries on provincial programmes, their projects, and what zones have received."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.errors import NotFound
from consultazione.programme.models import AnnualProgramme
from consultazione.provincial.models import (
    ProjectForward,
    ProjectIntervention,
    ProvincialProgramme,
    ProvincialProject,
    ProvincialTable,
)
from consultazione.zones.models import Zone


def programmes(session: Session, territory_id: int) -> list[ProvincialProgramme]:
    """The programmes of a territory, the latest first."""
    query = (
        select(ProvincialProgramme)
        .where(ProvincialProgramme.territory_id == territory_id)
        .order_by(ProvincialProgramme.first_year.desc(), ProvincialProgramme.id.desc())
    )
    return list(session.scalars(query))


def provincial_tables(session: Session, territory_id: int) -> list[ProvincialTable]:
    """The tables of a territory, in the order of their setting up."""
    query = select(ProvincialTable).where(ProvincialTable.territory_id == territory_id)
    return list(session.scalars(query.order_by(ProvincialTable.id)))


def projects(session: Session, programme_ids: Iterable[int]) -> list[ProvincialProject]:
    """The projects of programmes, each with its table, in the order of their writing."""
    query = (
        select(ProvincialProject)
        .options(joinedload(ProvincialProject.table))
        .where(ProvincialProject.programme_id.in_(list(programme_ids)))
        .order_by(ProvincialProject.id)
    )
    return list(session.scalars(query))


def get_project(session: Session, project_id: int) -> ProvincialProject:
    """A project by id, with its programme, territory and table; NotFound if there is none."""
    project = session.get(
        ProvincialProject,
        project_id,
        options=[
            joinedload(ProvincialProject.table),
            joinedload(ProvincialProject.programme).joinedload(ProvincialProgramme.territory),
        ],
    )
    if project is None:
        raise NotFound(_("There is no such provincial project."))
    return project


def forwards_of(session: Session, project_ids: Iterable[int]) -> list[ProjectForward]:
    """Where projects were forwarded and what each zone answered, by the zone's name."""
    query = (
        select(ProjectForward)
        .join(Zone, Zone.id == ProjectForward.zone_id)
        .options(joinedload(ProjectForward.zone), joinedload(ProjectForward.cycle))
        .where(ProjectForward.project_id.in_(list(project_ids)))
        .order_by(Zone.name, ProjectForward.id)
    )
    return list(session.scalars(query))


def received(session: Session, cycle_id: int) -> list[ProjectForward]:
    """The projects that a zone received in a cycle, each with its origin, oldest first."""
    project = joinedload(ProjectForward.project)
    query = (
        select(ProjectForward)
        .options(
            project.joinedload(ProvincialProject.table),
            project.joinedload(ProvincialProject.programme).joinedload(
                ProvincialProgramme.territory
            ),
        )
        .where(ProjectForward.cycle_id == cycle_id)
        .order_by(ProjectForward.id)
    )
    return list(session.scalars(query))


def get_forward(session: Session, forward_id: int) -> ProjectForward:
    """A forward by id, with its project and table; NotFound if there is none."""
    origin = joinedload(ProjectForward.project).joinedload(ProvincialProject.table)
    forward = session.get(ProjectForward, forward_id, options=[origin])
    if forward is None:
        raise NotFound(_("The zone has received no such project."))
    return forward


def zones_of(session: Session, territory_id: int) -> list[Zone]:
    """The zones of a territory, by name."""
    query = select(Zone).where(Zone.territory_id == territory_id).order_by(Zone.name)
    return list(session.scalars(query))


def programmed(session: Session, forward_ids: Iterable[int]) -> dict[int, dict[int, int]]:
    """The interventions that carry out projects that zones accepted.

    By the id of the forward, and then by year; each is an intervention's id.
    """
    query = (
        select(ProjectIntervention, AnnualProgramme.year)
        .join(AnnualProgramme, AnnualProgramme.id == ProjectIntervention.programme_id)
        .where(ProjectIntervention.forward_id.in_(list(forward_ids)))
        .order_by(AnnualProgramme.year)
    )
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for row, year in session.execute(query):
        found[row.forward_id][year] = row.intervention_id
    return found


def project_behind(session: Session, intervention_id: int) -> ProjectForward | None:
    """The zone's yes to the project that an intervention carries out, with its origin."""
    project = joinedload(ProjectForward.project)
    query = (
        select(ProjectForward)
        .join(ProjectIntervention, ProjectIntervention.forward_id == ProjectForward.id)
        .options(
            project.joinedload(ProvincialProject.table),
            project.joinedload(ProvincialProject.programme).joinedload(
                ProvincialProgramme.territory
            ),
        )
        .where(ProjectIntervention.intervention_id == intervention_id)
    )
    return session.scalar(query)
