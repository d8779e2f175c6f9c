"""`consultazione account reset`: a link for a forgotten password, made on the machine itself."""

from __future__ import annotations

from consultazione.config import Settings
from consultazione.core.actor import SYSTEM
from consultazione.core.db import open_database
from consultazione.core.errors import Refusal
from consultazione.people.commands.password_links import make_password_link
from consultazione.people.queries import find_person


def main(settings: Settings, email: str) -> int:
    """Print the link; exit status 1 if there is no such account, or it is blocked."""
    database = open_database(settings.require_database_url())
    try:
        with database.transaction(SYSTEM) as tx:
            person = find_person(tx.session, email)
            if person is None:
                print(f"--email {email}: nobody has an account with this address.")
                return 1
            secret = make_password_link(tx, zone_id=None, person_id=person.id)
    except Refusal as refusal:
        print(refusal.detail)
        return 1
    print(f"{settings.public_url}/password?chiave={secret}")
    return 0
