"""Roles: somebody's own, given and taken back."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from consultazione.core.actor import Actor
from consultazione.core.log import Entry
from consultazione.core.permissions import ROLE_NAMES
from consultazione.notices.models import Group
from consultazione.notices.places import PROFILE
from consultazione.notices.told import Told
from consultazione.people.events import RoleGiven, RoleTakenBack
from consultazione.people.models import Person
from consultazione.tables.models import ThematicTable
from consultazione.zones.models import Zone


class RoleChanged:
    """A role was given to somebody, or taken back."""

    name = "role_changed"
    group = Group.TASKS
    events = (RoleGiven, RoleTakenBack)

    def audience(self, session: Session, entry: Entry) -> Select[Any]:
        """Whose role it is."""
        assert isinstance(entry.event, self.events)
        return select(Person.id).where(Person.id == entry.event.person_id)

    def told(self, session: Session, entry: Entry, reader: Actor) -> Told | None:
        """To whose role it is, and to nobody else."""
        event = entry.event
        assert isinstance(event, self.events)
        if event.person_id != reader.person_id:
            return None
        role = ROLE_NAMES[event.role]
        table = session.get(ThematicTable, event.table_id) if event.table_id else None
        given = _("You have a role now: %(role)s.", role=role)
        taken = _("You do not have this role any more: %(role)s.", role=role)
        return Told(
            title=table.name if table else session.get_one(Zone, event.zone_id).name,
            sentence=given if isinstance(event, RoleGiven) else taken,
            path=PROFILE,
            about=f"role:{event.zone_id}:{event.table_id or ''}:{event.role}",
            place="",
            table_id=event.table_id,
        )
