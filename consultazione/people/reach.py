"""How far an administrator reaches: the accounts of the zone, and those that need two."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from consultazione.core.db import Transaction
from consultazione.core.errors import NotAllowed, NotFound
from consultazione.people.models import (
    Category,
    Installer,
    Mandate,
    Organisation,
    Person,
    RoleGrant,
)


def get_within_reach(tx: Transaction, person_id: int, zone_id: int | None) -> Person:
    """An account, locked FOR NO KEY UPDATE: what refers to it is not stopped.

    NotFound if there is none; NotAllowed if the person has a role or a mandate in another zone,
    whose administrators are not asked, or administers the installation. zone_id: None for the
    platform itself, which reaches all.
    """
    person = tx.session.get(
        Person, person_id, with_for_update={"key_share": True}, populate_existing=True
    )
    if person is None:
        raise NotFound(_("There is no such account."))
    if zone_id is not None and tx.session.scalar(select(_is_of_another(person_id, zone_id))):
        raise NotAllowed(_("This person has a role outside this zone: ask whoever runs the site."))
    return person


def is_open_to_one(session: Session, person_id: int, *, zone_id: int) -> bool:
    """True if one administrator of a zone may open the way to a person's account alone."""
    is_elsewhere = session.scalar(select(_is_of_another(person_id, zone_id)))
    return not is_elsewhere and not needs_second(session, person_id)


def is_of_another_zone(zone_id: int) -> ColumnElement[bool]:
    """A condition on Person: with a role or a mandate in another zone, or in the installation."""
    return _is_of_another(Person.id, zone_id)


def _is_of_another(
    person_id: int | InstrumentedAttribute[int], zone_id: int
) -> ColumnElement[bool]:
    role = exists().where(RoleGrant.person_id == person_id, RoleGrant.zone_id != zone_id)
    mandate = exists().where(
        Mandate.person_id == person_id,
        Mandate.organisation_id == Organisation.id,
        Organisation.zone_id != zone_id,
    )
    return role | mandate | exists().where(Installer.person_id == person_id)


def needs_second(session: Session, person_id: int) -> bool:
    """True if one administrator alone must not open the way to a person's account.

    Whoever holds a role, administers the installation, or has or had a mandate of a union: else
    an administrator could decide, preside, approve minutes or sign in their name. An ended
    mandate counts, so that ending it first opens no way.
    """
    holds = exists().where(RoleGrant.person_id == person_id)
    speaks = exists().where(
        Mandate.person_id == person_id,
        Mandate.organisation_id == Organisation.id,
        Organisation.category == Category.UNION,
    )
    installs = exists().where(Installer.person_id == person_id)
    return bool(session.scalar(select(holds | speaks | installs)))
