"""Queries on accounts, for the administrators of a zone."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from consultazione.core.errors import NotFound
from consultazione.people.models import Person, RoleGrant
from consultazione.people.queries import has_address
from consultazione.people.reach import is_of_another_zone


def accounts(
    session: Session, zone_id: int, *, search: str = "", before: int | None = None, limit: int
) -> list[Person]:
    """Accounts, newest first, without those with a role or a mandate in another zone.

    search: a part of a name, or a whole e-mail address; empty for all. before: only accounts
    opened before this one.
    """
    query = select(Person).where(~is_of_another_zone(zone_id), _found_by(search.strip()))
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


def _found_by(search: str) -> ColumnElement[bool]:
    if "@" not in search:
        return Person.display_name.icontains(search, autoescape=True)
    return has_address(search)
