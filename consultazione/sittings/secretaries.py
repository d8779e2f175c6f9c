"""The secretary of a sitting (*verbalizzante*), who writes its minutes.

Somebody who is named for one sitting, beside those whose role lets them write: they write the
notes, the gist of what was said and the conclusions of that sitting, and of no other.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.actor import Actor, Role
from consultazione.core.permissions import Permission, may, require
from consultazione.people.models import Person, RoleGrant
from consultazione.sittings.models import Attendance, Sitting

_WRITE = (Role.FACILITATOR, Role.COORDINATOR, Role.PLAN_OFFICE)
# At most so many of those who came are offered; the rest are found once a role is given to them.
_MOST = 200


def may_write(actor: Actor, permission: Permission, sitting: Sitting) -> bool:
    """True if the actor's role has the permission at the table, or they write these minutes."""
    table, named = sitting.table, sitting.secretary_id
    return may(actor, permission, zone_id=table.zone_id, table_id=table.id, named=named)


def require_writer(actor: Actor, permission: Permission, sitting: Sitting) -> None:
    """Raise NotAllowed, with the roles that would do, unless the actor may write (`may_write`)."""
    table, named = sitting.table, sitting.secretary_id
    require(actor, permission, zone_id=table.zone_id, table_id=table.id, named=named)


def secretaries(session: Session, sitting: Sitting) -> list[tuple[int, str]]:
    """Who can be named to write a sitting's minutes, by name: id and name of each.

    Those who facilitate or coordinate the table, the zone's plan office, who has come to the
    sitting, and who is named now.
    """
    held = select(RoleGrant.person_id).where(
        RoleGrant.zone_id == sitting.table.zone_id,
        RoleGrant.role.in_(_WRITE),
        RoleGrant.table_id.is_(None) | (RoleGrant.table_id == sitting.table_id),
    )
    came = (
        select(Attendance.person_id)
        .where(Attendance.sitting_id == sitting.id)
        .order_by(Attendance.id)
        .limit(_MOST)
    )
    query = select(Person.id, Person.shown_name).where(
        Person.id.in_(held) | Person.id.in_(came) | (Person.id == sitting.secretary_id)
    )
    return [(one, name) for one, name in session.execute(query.order_by(Person.display_name))]
