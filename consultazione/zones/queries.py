"""Queries on a zone and its path."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import exists, select, tuple_
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload

from consultazione.core.errors import NotFound
from consultazione.zones.models import Act, Body, Chapter, Cycle, Phase, Priority, Territory, Zone

# Orders the cycles of a zone: the current one first.
NEWEST = (Cycle.first_year.desc(), Cycle.last_year.desc())


def the_zone(session: Session) -> Zone:
    """The zone that this installation serves: the first set up; NotFound if there is none."""
    zone = session.scalar(select(Zone).order_by(Zone.id).limit(1))
    if zone is None:
        raise NotFound(_("No zone has been set up here yet."))
    return zone


def find_zone(session: Session, slug: str) -> Zone | None:
    """The zone of that name in addresses; None if there is none."""
    return session.scalar(select(Zone).filter_by(slug=slug))


def zone_by_slug(session: Session, slug: str) -> Zone:
    """A zone by its name in addresses; NotFound if there is none."""
    zone = find_zone(session, slug)
    if zone is None:
        raise NotFound(_("There is no such zone: choose one on the home page."))
    return zone


def zones_by_id(session: Session, ids: Collection[int]) -> dict[int, Zone]:
    """Several zones by their ids."""
    return {zone.id: zone for zone in session.scalars(select(Zone).where(Zone.id.in_(ids)))}


def zones_with_cycles(session: Session, territory_id: int | None = None) -> dict[Zone, list[Cycle]]:
    """The zones by name, each with its cycles, the current one first.

    territory_id: only those of a territory, if given.
    """
    query = (
        select(Cycle)
        .join(Cycle.zone)
        .outerjoin(Zone.territory)
        .options(contains_eager(Cycle.zone).contains_eager(Zone.territory))
        .order_by(Zone.name, Zone.id, *NEWEST)
    )
    if territory_id is not None:
        query = query.where(Zone.territory_id == territory_id)
    found: dict[Zone, list[Cycle]] = {}
    for cycle in session.scalars(query):
        found.setdefault(cycle.zone, []).append(cycle)
    return found


def territory_by_slug(session: Session, slug: str) -> Territory:
    """A territory by its name in addresses; NotFound if there is none."""
    territory = session.scalar(select(Territory).filter_by(slug=slug))
    if territory is None:
        raise NotFound(_("There is no such territory."))
    return territory


def territories(session: Session) -> list[Territory]:
    """The territories of this installation, by name."""
    return list(session.scalars(select(Territory).order_by(Territory.name, Territory.id)))


def cycles(session: Session, zone_id: int) -> list[Cycle]:
    """A zone's cycles, the current one first: it is the one that begins last."""
    query = (
        select(Cycle)
        .options(joinedload(Cycle.zone).joinedload(Zone.territory))
        .where(Cycle.zone_id == zone_id)
        .order_by(*NEWEST)
    )
    return list(session.scalars(query))


def current_cycle(session: Session, zone_id: int) -> Cycle:
    """The cycle in which a zone plans now; NotFound if it has none."""
    found = cycles(session, zone_id)
    if not found:
        raise NotFound(_("There is no such cycle."))
    return found[0]


def is_past(session: Session, cycle_id: int, *, at: datetime) -> bool:
    """True if the zone of a cycle had opened a later one at a moment: it plans there since then."""
    asked, later = aliased(Cycle), aliased(Cycle)
    follows = tuple_(later.first_year, later.last_year) > tuple_(asked.first_year, asked.last_year)
    found = exists().where(
        asked.id == cycle_id, later.zone_id == asked.zone_id, follows, later.opened_at <= at
    )
    return bool(session.scalar(select(found)))


def get_cycle(session: Session, cycle_id: int) -> Cycle:
    """A cycle by id; NotFound if there is none."""
    cycle = session.get(Cycle, cycle_id)
    if cycle is None:
        raise NotFound(_("There is no such cycle."))
    return cycle


def phases(session: Session, cycle_id: int) -> list[Phase]:
    """The phases of a cycle's path, by rank."""
    query = (
        select(Phase)
        .options(joinedload(Phase.closing_act))
        .where(Phase.cycle_id == cycle_id)
        .order_by(Phase.rank)
    )
    return list(session.scalars(query))


def acts(session: Session, cycle_id: int) -> list[Act]:
    """A cycle's formal acts, oldest first."""
    query = select(Act).where(Act.cycle_id == cycle_id).order_by(Act.on_day, Act.id)
    return list(session.scalars(query))


def chapters(session: Session, cycle_id: int) -> list[Chapter]:
    """The required chapters of a cycle's plan, by number."""
    query = select(Chapter).where(Chapter.cycle_id == cycle_id).order_by(Chapter.number)
    return list(session.scalars(query))


def bodies(session: Session, zone_id: int) -> list[Body]:
    """The bodies that define a zone's plan."""
    query = select(Body).where(Body.zone_id == zone_id).order_by(Body.id)
    return list(session.scalars(query))


def priorities(session: Session, cycle_id: int) -> list[Priority]:
    """The priorities and needs that a cycle addresses."""
    query = select(Priority).where(Priority.cycle_id == cycle_id).order_by(Priority.rank)
    return list(session.scalars(query))


def last_current(in_rank: Sequence[Phase], *, on: date) -> Phase | None:
    """The phase in progress on a day, the last of several; None if none is."""
    return next((phase for phase in reversed(in_rank) if phase.is_current(on)), None)


def get_phase(session: Session, phase_id: int) -> Phase:
    """A phase by id; NotFound if there is none."""
    phase = session.get(Phase, phase_id)
    if phase is None:
        raise NotFound(_("There is no such phase."))
    return phase
