"""Roles: granted to a person in a zone or at one of its tables, and revoked."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from psycopg.errors import ForeignKeyViolation
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from consultazione.core.actor import Role
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from consultazione.core.permissions import Permission, require
from consultazione.people.administrators import lock_administrators
from consultazione.people.backers import backers_of
from consultazione.people.events import RoleGiven, RoleTakenBack
from consultazione.people.models import Person, RoleGrant
from consultazione.people.queries import person_by_email
from consultazione.people.separation import lock_person, require_no_union
from consultazione.zones.events import zone_stream

# The roles that can be granted; the others follow from an account or a mandate.
GIVEN_ROLES = (Role.FACILITATOR, Role.COORDINATOR, Role.PLAN_OFFICE, Role.ADMINISTRATOR)


def give_role(
    tx: Transaction, *, zone_id: int, email: str, role: Role, table_id: int | None = None
) -> RoleGrant:
    """Grant a person a role in a zone, or at one table, and return the grant.

    Locks the zone's administrators, then the person. NotAllowed for the actor themselves, or if
    the actor is no administrator any more; Invalid if the role is not one of GIVEN_ROLES, the
    address has no account, the person speaks for a union that the role excludes, or the zone has
    no such table; Conflict if they hold the role already.
    """
    require(tx.actor, Permission.GIVE_ROLE, zone_id=zone_id)
    if role not in GIVEN_ROLES:
        raise Invalid.at(
            "role", _("This role cannot be given: it follows from an account or a mandate.")
        )
    lock_administrators(tx, zone_id)
    person = person_by_email(tx.session, email)
    _check_holder(tx, person, role, zone_id, table_id)
    grant = RoleGrant(
        person_id=person.id,
        role=role,
        zone_id=zone_id,
        table_id=table_id,
        given_at=tx.now,
        backers=sorted(backers_of(tx.session, tx.actor.person_id or 0, zone_id)),
    )
    try:
        with tx.session.begin_nested():
            tx.session.add(grant)
    except IntegrityError as error:
        raise _not_given(error) from error
    tx.record(
        zone_stream(zone_id),
        RoleGiven(person_id=person.id, role=role, zone_id=zone_id, table_id=table_id),
    )
    return grant


def take_role_back(tx: Transaction, *, grant_id: int) -> None:
    """Revoke a role.

    Locks the zone's administrators, then the grant FOR UPDATE: of two who take each other's role
    one is refused, so that an administrator always stays. NotFound if it has been revoked;
    NotAllowed if the actor is no administrator any more; Conflict if the role is their own.
    """
    zone_id = tx.session.scalar(select(RoleGrant.zone_id).where(RoleGrant.id == grant_id))
    if zone_id is None:
        raise _nobody_holds()
    require(tx.actor, Permission.TAKE_ROLE_BACK, zone_id=zone_id)
    lock_administrators(tx, zone_id)
    grant = tx.session.get(RoleGrant, grant_id, with_for_update=True, populate_existing=True)
    if grant is None:
        raise _nobody_holds()
    if grant.person_id == tx.actor.person_id:
        raise Conflict(_("Ask another administrator to take this role back from you."))
    tx.record(
        zone_stream(grant.zone_id),
        RoleTakenBack(
            person_id=grant.person_id,
            role=grant.role,
            zone_id=grant.zone_id,
            table_id=grant.table_id,
        ),
    )
    tx.session.delete(grant)


def _check_holder(
    tx: Transaction, person: Person, role: Role, zone_id: int, table_id: int | None
) -> None:
    if person.id == tx.actor.person_id:
        raise NotAllowed(
            _("Nobody gives a role to themselves: another administrator has to give it to you.")
        )
    lock_person(tx, person.id)
    require_no_union(tx, person, role, zone_id=zone_id, table_id=table_id)


def _nobody_holds() -> NotFound:
    return NotFound(_("Nobody holds this role any more."))


def _not_given(error: IntegrityError) -> Refusal:
    if isinstance(error.orig, ForeignKeyViolation):
        return Invalid.at("table_id", _("There is no such table in this zone."))
    return Conflict(_("This person holds the role already."))
