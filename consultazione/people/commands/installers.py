"""Administrators of the installation: who sets up its zones."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy.exc import IntegrityError

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.permissions import Permission, require
from consultazione.people.events import InstallerAppointed, person_stream
from consultazione.people.models import Installer
from consultazione.people.queries import person_by_email


def appoint_installer(tx: Transaction, *, email: str) -> Installer:
    """Make the person with an address an administrator of the installation.

    Only the platform may, for whoever runs the machine: so two of them come from nobody. Invalid
    on `email` if the address has no account; Conflict if they are one already.
    """
    require(tx.actor, Permission.APPOINT_INSTALLER)
    person = person_by_email(tx.session, email)
    installer = Installer(person_id=person.id, appointed_at=tx.now)
    try:
        with tx.session.begin_nested():
            tx.session.add(installer)
    except IntegrityError as error:
        raise Conflict(_("This person administers the installation already.")) from error
    tx.record(person_stream(person.id), InstallerAppointed(person_id=person.id))
    return installer
