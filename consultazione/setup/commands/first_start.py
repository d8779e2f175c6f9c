"""The first start: a link by which its holder becomes the installation's administrator, once."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from consultazione.core.db import Transaction
from consultazione.core.permissions import Permission, require
from consultazione.people.commands.accounts import register
from consultazione.people.credentials.new_password import NewPassword
from consultazione.people.events import InstallerAppointed, person_stream
from consultazione.people.models import Installer, Person
from consultazione.people.secret_tokens import digest_of, new_key
from consultazione.setup.first_start import find_setup_link
from consultazione.setup.models import SetupLink

VALID_FOR = timedelta(hours=24)


def make_setup_link(tx: Transaction) -> str:
    """Make the link, in place of an earlier one, and return its secret, never shown again.

    For whoever runs the machine. Not recorded in the log: it is what comes of it that counts.
    """
    require(tx.actor, Permission.MAKE_SETUP_LINK)
    secret = new_key()
    tx.session.execute(delete(SetupLink))
    tx.session.add(SetupLink(id=1, token_digest=digest_of(secret), expires_at=tx.now + VALID_FOR))
    return secret


def use_setup_link(
    tx: Transaction, *, secret: str, email: str, display_name: str, password: NewPassword
) -> Person:
    """Open an account that administers the installation, and return it.

    Whoever has the secret may. Locks the link FOR UPDATE, so that it serves once. NotFound if it
    was used or has expired; raises what `register` raises, and then the link still serves.
    """
    require(tx.actor, Permission.USE_SETUP_LINK)
    link = find_setup_link(tx.session, secret, now=tx.now, lock=True)
    person = register(tx, email=email, display_name=display_name, password=password, confirmed=True)
    tx.session.add(Installer(person_id=person.id, appointed_at=tx.now))
    tx.record(person_stream(person.id), InstallerAppointed(person_id=person.id))
    tx.session.delete(link)
    return person
