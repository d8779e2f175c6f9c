"""Queries on applications for accreditation."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.actor import Actor
from consultazione.core.errors import NotFound
from consultazione.core.permissions import Permission, may
from consultazione.people.models import Organisation
from consultazione.people.own_data.names import name_key
from consultazione.tables.accrediting.models import Application, ApplicationState


def applications(
    session: Session, zone_id: int, *, before: int | None = None, limit: int
) -> list[Application]:
    """The applications of a zone that wait for nobody any more, newest first."""
    waits = Application.state == ApplicationState.ASKED
    query = (
        select(Application)
        .options(joinedload(Application.person))
        .where(Application.zone_id == zone_id, ~waits)
        .order_by(Application.id.desc())
        .limit(limit)
    )
    return list(session.scalars(query if before is None else query.where(Application.id < before)))


def waiting_applications(session: Session, zone_id: int) -> list[Application]:
    """The applications that wait for the office, oldest first."""
    query = (
        select(Application)
        .options(joinedload(Application.person))
        .where(Application.zone_id == zone_id, Application.state == ApplicationState.ASKED)
        .order_by(Application.id)
    )
    return list(session.scalars(query))


def count_waiting(session: Session, zone_id: int) -> int:
    """How many applications wait for the office."""
    query = select(func.count()).where(
        Application.zone_id == zone_id, Application.state == ApplicationState.ASKED
    )
    return session.scalar(query) or 0


def applications_of(session: Session, person_id: int, zone_id: int) -> list[Application]:
    """What a person has asked for in a zone, newest first."""
    query = select(Application).filter_by(person_id=person_id, zone_id=zone_id)
    return list(session.scalars(query.order_by(Application.id.desc())))


def get_application(session: Session, application_id: int, actor: Actor) -> Application:
    """An application, for who asked and for the office; NotFound for everybody else."""
    found = session.get(Application, application_id)
    if found is None or not (
        found.person_id == actor.person_id
        or may(actor, Permission.READ_APPLICATIONS, zone_id=found.zone_id)
    ):
        raise NotFound(_("There is no such application."))
    return found


def registered_as(session: Session, zone_id: int, name: str) -> Organisation | None:
    """The organisation of the register that has a name, but for capitals, accents and signs."""
    standing = Organisation.zone_id == zone_id, Organisation.withdrawn_at.is_(None)
    rows = session.scalars(select(Organisation).where(*standing).order_by(Organisation.id))
    return next((row for row in rows if name_key(row.name) == name_key(name)), None)
