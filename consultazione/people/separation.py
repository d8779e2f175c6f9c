"""Who decides is no party: offices of a zone and mandates of its unions exclude each other.

Separation of duties, as in NIST SP 800-53 AC-5. The sign-off is an agreement between the zone
and the unions, so whoever acts for the zone cannot answer for a union. Administrators and the
plan office are incompatible in the whole zone; facilitators and coordinators only where they
made the outcome: a coordinator often comes from the third sector, and may well speak for
somebody at another table.
"""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.actor import Role
from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid
from consultazione.core.permissions import ROLE_NAMES
from consultazione.people.models import Category, Mandate, Organisation, Person, RoleGrant

_OF_THE_ZONE = frozenset({Role.ADMINISTRATOR, Role.PLAN_OFFICE})
_OF_A_TABLE = frozenset({Role.FACILITATOR, Role.COORDINATOR})


def office_of(
    session: Session, person_id: int, *, zone_id: int, table_id: int | None = None
) -> Role | None:
    """A role of a person that keeps them from speaking for a union there; None if none does.

    table_id: the table that made what is to be answered; None for the zone as a whole, where
    a role at a single table does not count.
    """
    grants = session.scalars(
        select(RoleGrant).filter_by(person_id=person_id, zone_id=zone_id).order_by(RoleGrant.id)
    )
    return next((g.role for g in grants if _excludes(g.role, g.table_id, table_id)), None)


def require_impartial(
    tx: Transaction, person: Person, *, zone_id: int, table_id: int | None = None
) -> None:
    """Raise Invalid if a person who is to speak for a union holds an office there.

    The caller has locked the person with `lock_person`.
    """
    held = office_of(tx.session, person.id, zone_id=zone_id, table_id=table_id)
    if held is not None:
        raise Invalid.at(
            "email",
            _(
                "This person is %(role)s: who administers, plans or leads the table cannot "
                "speak for a union. Choose another person.",
                role=ROLE_NAMES[held],
            ),
        )


def require_no_union(
    tx: Transaction, person: Person, role: Role, *, zone_id: int, table_id: int | None
) -> None:
    """Raise Invalid if a person who is to hold an office speaks for a union of the zone.

    A mandate that is proposed or begins later counts too. The caller has locked the person
    with `lock_person`.
    """
    if _excludes(role, table_id, None) and _speaks_for_union(tx.session, person, zone_id, tx.now):
        raise Invalid.at(
            "email",
            _(
                "This person has a mandate of a union: they can have this role once the mandate "
                "has ended."
            ),
        )


def lock_person(tx: Transaction, person_id: int) -> None:
    """Lock a person until the end of the transaction, so that offices and mandates queue.

    FOR NO KEY UPDATE: rows that refer to the person are not held up.
    """
    query = select(Person.id).where(Person.id == person_id)
    tx.session.execute(query.with_for_update(key_share=True))


def _excludes(role: Role, held_at: int | None, table_id: int | None) -> bool:
    """True if a role held at a table, or None for the whole zone, excludes a union's mandate."""
    return role in _OF_THE_ZONE or (role in _OF_A_TABLE and held_at in (None, table_id))


def _speaks_for_union(session: Session, person: Person, zone_id: int, at: datetime) -> bool:
    query = (
        select(Mandate.id)
        .join(Organisation, Organisation.id == Mandate.organisation_id)
        .where(Mandate.person_id == person.id, ~Mandate.is_over(at))
        .where(Organisation.zone_id == zone_id, Organisation.category == Category.UNION)
    )
    return session.scalar(query.limit(1)) is not None
