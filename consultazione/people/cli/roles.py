"""`consultazione account role`: a role of a zone, a territory or all, from the machine itself.

Whom an administrator gave a role in a zone is no second person beside them (`backers`); this
one is.
"""

from __future__ import annotations

from consultazione.config import Settings
from consultazione.core.actor import SYSTEM, Role
from consultazione.core.db import Transaction, open_database
from consultazione.core.errors import Refusal
from consultazione.people.commands.coordinators import appoint_coordinator
from consultazione.people.commands.installers import appoint_installer
from consultazione.people.commands.roles import give_role
from consultazione.zones.queries import territory_by_slug, the_zone, zone_by_slug


def main(
    settings: Settings, email: str, role: str, zone: str | None = None, territory: str | None = None
) -> int:
    """Give the role; exit status 1, with the reason, if it is refused.

    zone: a slug; None for the zone that was set up first. territory: a slug, for its coordinator.
    """
    database = open_database(settings.require_database_url())
    try:
        with database.transaction(SYSTEM) as tx:
            where = _appoint(tx, email, territory) if territory else _give(tx, email, role, zone)
    except Refusal as refusal:
        told = [str(reason) for reasons in refusal.fields.values() for reason in reasons]
        print(*(told or [refusal.detail]))
        return 1
    print(f"{email}: {role} of {where}.")
    return 0


def _give(tx: Transaction, email: str, role: str, slug: str | None) -> str:
    """Give the role, and say of what it is one."""
    if role == Role.INSTALLER:
        appoint_installer(tx, email=email)
        return "this installation"
    zone = zone_by_slug(tx.session, slug) if slug else the_zone(tx.session)
    give_role(tx, zone_id=zone.id, email=email, role=Role(role))
    return zone.name


def _appoint(tx: Transaction, email: str, slug: str) -> str:
    territory = territory_by_slug(tx.session, slug)
    appoint_coordinator(tx, territory_id=territory.id, email=email)
    return territory.name
