"""The zone's register of organisations."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy.exc import IntegrityError

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid
from consultazione.core.permissions import Permission, require
from consultazione.people.events import OrganisationRegistered
from consultazione.people.models import Category, Organisation
from consultazione.zones.events import zone_stream


def register_organisation(
    tx: Transaction, *, zone_id: int, name: str, category: Category, demo: bool = False
) -> Organisation:
    """Enter an organisation in the zone's register, and return it.

    Invalid, naming the field, if the name is taken or the category is that of citizens.
    """
    require(tx.actor, Permission.REGISTER_ORGANISATION, zone_id=zone_id)
    if category is Category.CITIZEN:
        raise Invalid.at("category", _("A citizen takes part alone: choose another kind."))
    organisation = Organisation(zone_id=zone_id, name=name, category=category, demo=demo)
    try:
        with tx.session.begin_nested():
            tx.session.add(organisation)
    except IntegrityError as error:
        raise Invalid.at("name", _("An organisation of this name is in the register.")) from error
    tx.record(
        zone_stream(zone_id),
        OrganisationRegistered(organisation_id=organisation.id, category=category),
    )
    return organisation
