"""`consultazione account role`: a role in the zone or the installation, from the machine itself.

Whom an administrator gave a role is no second person beside them (`backers`); this one is.
"""

from __future__ import annotations

from consultazione.config import Settings
from consultazione.core.actor import SYSTEM, Role
from consultazione.core.db import Transaction, open_database
from consultazione.core.errors import Refusal
from consultazione.people.commands.installers import appoint_installer
from consultazione.people.commands.roles import give_role
from consultazione.zones.queries import the_zone


def main(settings: Settings, email: str, role: str) -> int:
    """Give the role; exit status 1, with the reason, if it is refused."""
    database = open_database(settings.require_database_url())
    try:
        with database.transaction(SYSTEM) as tx:
            where = _give(tx, email, Role(role))
    except Refusal as refusal:
        told = [str(reason) for reasons in refusal.fields.values() for reason in reasons]
        print(*(told or [refusal.detail]))
        return 1
    print(f"{email}: {role} of {where}.")
    return 0


def _give(tx: Transaction, email: str, role: Role) -> str:
    """Give the role, and say of what it is one."""
    if role is Role.INSTALLER:
        appoint_installer(tx, email=email)
        return "this installation"
    zone = the_zone(tx.session)
    give_role(tx, zone_id=zone.id, email=email, role=role)
    return zone.name
