"""Deleting what was kept for long enough, by the days of the zone that was set up first.

What is deleted belongs to the installation: mails, links, jobs, copies of data and the security
log know no zone. A run is recorded as numbers, if it deleted anything.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete

from consultazione.core.db import Transaction
from consultazione.core.job_outbox import Job, JobState
from consultazione.core.log import EntryRow
from consultazione.core.mail.outbox import Mail
from consultazione.core.permissions import Permission, require
from consultazione.people.models import AddressLink, PasswordLink
from consultazione.privacy.commands.downloads import delete_own_data
from consultazione.privacy.events import RetentionApplied
from consultazione.privacy.models import RetentionRun
from consultazione.privacy.queries import downloads_over
from consultazione.privacy.settings import settings_of
from consultazione.zones.events import zone_stream
from consultazione.zones.queries import the_zone


def apply_retention(tx: Transaction, *, security_files: int = 0) -> RetentionRun | None:
    """Delete rows whose time is over; the run, or None if there was nothing to delete.

    security_files: how many files of the security log the caller is about to delete.
    """
    require(tx.actor, Permission.APPLY_RETENTION)
    zone = the_zone(tx.session)
    kept = settings_of(tx.session, zone.id)
    over = downloads_over(tx.session, at=tx.now)
    for download_id in over:
        delete_own_data(tx, download_id=download_id)
    counts = {
        "mails": _deleted(tx, delete(Mail).where(Mail.settled_at < _before(tx, kept.mail_days))),
        "links": _links(tx, _before(tx, kept.link_days)),
        "downloads": len(over),
        "jobs": _jobs(tx, _before(tx, kept.job_days)),
        "security_files": security_files,
    }
    if not any(counts.values()):
        return None
    run = RetentionRun(at=tx.now, **counts)
    tx.session.add(run)
    tx.flush()
    tx.record(zone_stream(zone.id), RetentionApplied(run_id=run.id, **counts))
    return run


def _before(tx: Transaction, days: int) -> datetime:
    return tx.now - timedelta(days=days)


def _links(tx: Transaction, before: datetime) -> int:
    """Links into accounts that nobody used in their time."""
    return sum(
        _deleted(tx, delete(link).where(link.expires_at < before))
        for link in (PasswordLink, AddressLink)
    )


def _jobs(tx: Transaction, before: datetime) -> int:
    """Lines of jobs that are done, by the moment of the entry that called for them."""
    old = EntryRow.at < before
    done = delete(Job).where(Job.position == EntryRow.position, Job.state == JobState.DONE, old)
    return _deleted(tx, done)


def _deleted(tx: Transaction, statement: Any) -> int:
    result: Any = tx.session.execute(statement)
    return int(result.rowcount)
