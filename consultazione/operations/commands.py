"""What the administrator does with jobs that failed too often."""

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
    """Let a job that was laid aside be tried again. Conflict if it is not laid aside."""
    zone = the_zone(tx.session)
    require(tx.actor, Permission.REVIVE_JOB, zone_id=zone.id)
    if not job_outbox.revive(tx.session, position, reaction, at=tx.now):
        raise Conflict(_("This job is not laid aside any more."))
    tx.record(zone_stream(zone.id), JobRevived(position=position, reaction=reaction))
