"""Queries on a zone and its path."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.errors import NotFound
from consultazione.zones.models import Act, Body, Chapter, Phase, Priority, Zone


def the_zone(session: Session) -> Zone:
    """The zone that this installation serves: the first set up; NotFound if there is none."""
    zone = session.scalar(select(Zone).order_by(Zone.id).limit(1))
    if zone is None:
        raise NotFound(_("No zone has been set up here yet."))
    return zone


def phases(session: Session, zone_id: int) -> list[Phase]:
    """The phases of a zone's path, by rank."""
    query = (
        select(Phase)
        .options(joinedload(Phase.closing_act))
        .where(Phase.zone_id == zone_id)
        .order_by(Phase.rank)
    )
    return list(session.scalars(query))


def acts(session: Session, zone_id: int) -> list[Act]:
    """A zone's formal acts, oldest first."""
    query = select(Act).where(Act.zone_id == zone_id).order_by(Act.on_day, Act.id)
    return list(session.scalars(query))


def chapters(session: Session, zone_id: int) -> list[Chapter]:
    """The required chapters of a zone's plan, by number."""
    query = select(Chapter).where(Chapter.zone_id == zone_id).order_by(Chapter.number)
    return list(session.scalars(query))


def bodies(session: Session, zone_id: int) -> list[Body]:
    """The public bodies that define a zone's plan."""
    query = select(Body).where(Body.zone_id == zone_id).order_by(Body.id)
    return list(session.scalars(query))


def priorities(session: Session, zone_id: int) -> list[Priority]:
    """The priorities and needs that a zone's cycle addresses."""
    query = select(Priority).where(Priority.zone_id == zone_id).order_by(Priority.rank)
    return list(session.scalars(query))


def current_phase(session: Session, zone_id: int, *, on: date) -> Phase | None:
    """The phase in progress on a day, the last by rank if several are; None if none is."""
    return next((p for p in reversed(phases(session, zone_id)) if p.is_current(on)), None)


def get_phase(session: Session, phase_id: int) -> Phase:
    """A phase by id; NotFound if there is none."""
    phase = session.get(Phase, phase_id)
    if phase is None:
        raise NotFound(_("There is no such phase."))
    return phase
