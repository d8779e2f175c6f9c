"""Who writes a territory's programme: its coordinators, and the platform.

A coordinator reads the zones of the territory and edits none; the programme is the territory's
own. What a zone makes of a project is for the plan office of that zone to say.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.actor import Actor, Role
from consultazione.core.db import Transaction
from consultazione.core.permissions import Permission, require
from consultazione.people.models import TerritoryCoordinator


def coordinates(session: Session, actor: Actor, territory_id: int) -> bool:
    """True for a coordinator of the territory."""
    row = select(TerritoryCoordinator.person_id).filter_by(
        person_id=actor.person_id, territory_id=territory_id
    )
    return actor.person_id is not None and session.scalar(row) is not None


def require_in_territory(tx: Transaction, permission: Permission, territory_id: int) -> None:
    """Raise NotAllowed unless the actor coordinates the territory, or is the platform.

    Locks the coordinator's row FOR SHARE, so that nothing follows the end of the role.
    """
    row = select(TerritoryCoordinator.person_id).filter_by(
        person_id=tx.actor.person_id, territory_id=territory_id
    )
    is_given = Role.PROVINCIAL_COORDINATOR in permission.roles and tx.actor.person_id is not None
    if not (is_given and tx.session.scalar(row.with_for_update(read=True)) is not None):
        require(tx.actor, permission)
