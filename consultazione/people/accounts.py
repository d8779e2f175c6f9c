"""Queries on accounts, for the administrators of a zone."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, func, select, union
from sqlalchemy.orm import Session

from consultazione.core.errors import NotFound
from consultazione.people.models import Mandate, Organisation, Person, RoleGrant
from consultazione.people.own_data.names import name_key
from consultazione.people.queries import has_address
from consultazione.people.reach import is_of_another_zone


def accounts(
    session: Session, zone_id: int, *, search: str = "", before: int | None = None, limit: int
) -> list[Person]:
    """Accounts, newest first, without those with a role or a mandate in another zone.

    search: a part of a name or of an organisation's, or a whole e-mail address; empty for all.
    before: only accounts opened before this one.
    """
    query = select(Person).where(~is_of_another_zone(zone_id), *_found_by(search, zone_id))
    if before is not None:
        query = query.where(Person.id < before)
    return list(session.scalars(query.order_by(Person.id.desc()).limit(limit)))


def get_account(session: Session, zone_id: int, person_id: int) -> Person:
    """One of those accounts; NotFound if there is none."""
    here = Person.id == person_id, ~is_of_another_zone(zone_id)
    person = session.scalar(select(Person).where(*here))
    if person is None:
        raise NotFound(_("There is no such account."))
    return person


def grants_of(session: Session, person_id: int) -> list[RoleGrant]:
    """The roles that a person was given."""
    query = select(RoleGrant).where(RoleGrant.person_id == person_id).order_by(RoleGrant.id)
    return list(session.scalars(query))


def _found_by(search: str, zone_id: int) -> list[ColumnElement[bool]]:
    """By the index of addresses, or by that of parts of names; beside it by the few mandates."""
    if "@" in search:
        return [has_address(search.strip())]
    key = name_key(search)
    if not key:
        return []
    named = select(Person.id).where(Person.name_key.contains(key, autoescape=True))
    organisation = func.lower(func.unaccent(Organisation.name)).contains(key, autoescape=True)
    delegates = (
        select(Mandate.person_id)
        .join(Organisation, Organisation.id == Mandate.organisation_id)
        .where(Organisation.zone_id == zone_id, organisation)
    )
    return [Person.id.in_(union(named, delegates))]
