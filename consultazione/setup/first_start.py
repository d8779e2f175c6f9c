"""Queries on the first start: whether anybody can set up zones, and the link for it."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from consultazione.core.db import Database
from consultazione.core.errors import NotFound
from consultazione.people.models import Installer
from consultazione.people.secret_tokens import digest_of
from consultazione.setup.models import SetupLink
from consultazione.zones.models import Zone


def has_zone(session: Session) -> bool:
    """True once a zone has been set up."""
    return bool(session.scalar(select(exists().where(Zone.id.is_not(None)))))


def is_set_up(database: Database) -> bool:
    """The same of a database that a command of the console has opened."""
    with database.snapshot() as session:
        return has_zone(session)


def has_installer(session: Session) -> bool:
    """True once somebody administers the installation."""
    return bool(session.scalar(select(exists().where(Installer.person_id.is_not(None)))))


def find_setup_link(
    session: Session, secret: str, *, now: datetime, lock: bool = False
) -> SetupLink:
    """The set-up link with a secret; NotFound if it was used, replaced or has expired.

    lock: lock it FOR UPDATE.
    """
    query = select(SetupLink).where(SetupLink.token_digest == digest_of(secret))
    link = session.scalar(query.with_for_update() if lock else query)
    if link is None or link.expires_at <= now:
        raise NotFound(
            _(
                "This link was used, or its time is over. Whoever runs this site gets another by"
                " starting it anew, or with the command consultazione setup-link."
            )
        )
    return link
