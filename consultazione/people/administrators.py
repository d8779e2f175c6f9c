"""The administrators of a zone, locked together before one of them touches the rights of others."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.actor import Role
from consultazione.core.db import Transaction
from consultazione.core.errors import NotAllowed
from consultazione.people.models import Person, RoleGrant


def lock_administrators(tx: Transaction, zone_id: int) -> None:
    """Lock the grants of a zone's administrators FOR UPDATE, in the order of their ids.

    NotAllowed if the actor is not one of them any more, or is blocked: as nobody takes their
    own role, an administrator who is let in always stays. The platform is no person, and is
    not asked.
    """
    administrators = RoleGrant.zone_id == zone_id, RoleGrant.role == Role.ADMINISTRATOR
    query = select(RoleGrant.person_id).where(*administrators, RoleGrant.table_id.is_(None))
    held = tx.session.scalars(query.order_by(RoleGrant.id).with_for_update()).all()
    if tx.actor.is_system:
        return
    if tx.actor.person_id not in held:
        raise NotAllowed(_("Your own role was taken back meanwhile."))
    blocked = select(Person.blocked_at).where(Person.id == tx.actor.person_id)
    if tx.session.scalar(blocked) is not None:
        raise NotAllowed(_("Your own account was blocked meanwhile."))
