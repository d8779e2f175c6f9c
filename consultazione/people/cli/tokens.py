"""`consultazione token create`: issuing an API token from the command line."""

from __future__ import annotations

from collections.abc import Collection

from consultazione.config import Settings
from consultazione.core.actor import SYSTEM
from consultazione.core.db import open_database
from consultazione.core.scopes import ALL_SCOPES, Scope
from consultazione.people.commands.tokens import create_token
from consultazione.people.queries import find_person


def main(settings: Settings, email: str, scopes: Collection[Scope], days: int) -> int:
    """Print a new token for the account with that address; exit status 1 if there is none."""
    database = open_database(settings.require_database_url())
    with database.transaction(SYSTEM) as tx:
        person = find_person(tx.session, email)
        if person is None:
            print(f"--email {email}: nobody has an account with this address.")
            return 1
        held = scopes or ALL_SCOPES
        label = "command line"
        print(create_token(tx, person_id=person.id, label=label, scopes=held, days=days))
    return 0
