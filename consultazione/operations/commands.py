"""What an administrator may do with dead jobs, those that used up their attempts."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core import job_outbox
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.permissions import Permission, require
from consultazione.people.events import JobRevived
from consultazione.zones.events import zone_stream
from consultazione.zones.queries import the_zone


def revive_job(tx: Transaction, *, position: int, reaction: str) -> None:
    """Give a dead job its attempts back.

    Locks the job FOR UPDATE. Conflict if the job is not dead.
    """
    zone = the_zone(tx.session)
    require(tx.actor, Permission.REVIVE_JOB, zone_id=zone.id)
    if not job_outbox.revive(tx.session, position, reaction, at=tx.now):
        raise Conflict(_("This job is not laid aside any more."))
    tx.record(zone_stream(zone.id), JobRevived(position=position, reaction=reaction))
