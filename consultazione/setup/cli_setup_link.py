"""`consultazione setup-link`: a link for the installation's administrator, made on the machine."""

from __future__ import annotations

from consultazione.config import Settings
from consultazione.core.actor import SYSTEM
from consultazione.core.db import open_database
from consultazione.setup.commands.first_start import make_setup_link
from consultazione.setup.first_start import has_installer, has_zone


def main(settings: Settings, if_needed: bool) -> int:
    """Print the link; nothing, with if_needed, once there is a zone or an administrator."""
    database = open_database(settings.require_database_url())
    with database.transaction(SYSTEM) as tx:
        if if_needed and (has_zone(tx.session) or has_installer(tx.session)):
            return 0
        secret = make_setup_link(tx)
    print(f"{settings.public_url}/primo-avvio?chiave={secret}")
    return 0
