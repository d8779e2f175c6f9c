"""The command that brings a cycle back from its archive, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import exists, select, text
from sqlalchemy.orm import Session

from consultazione.archive.events import ArchiveRestored
from consultazione.archive.restoring.bad import faults_told
from consultazione.archive.restoring.entries import restore_entries
from consultazione.archive.restoring.papers import restore_papers
from consultazione.archive.restoring.rows import restore_rows
from consultazione.archive.restoring.unpacking import Opened
from consultazione.core import job_outbox
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.log import EntryRow
from consultazione.core.log.append import hold_appends
from consultazione.core.log.restored import withheld_until
from consultazione.core.permissions import Permission, require
from consultazione.people.models import Person
from consultazione.plan.events import plan_stream
from consultazione.zones.models import Cycle, Zone

# Told by the console alone.
NOT_EMPTY = (
    "An archive is restored into an empty installation: here are accounts, zones or entries of a "
    "log already."
)


def restore_archive(
    tx: Transaction,
    *,
    archive: Opened,
    sha256: str,
    uploads: Path,
    told: Callable[[int], None] = lambda _count: None,
) -> Callable[[], None]:
    """Put the log, the rows and the files of a cycle back; what takes the files away again.

    archive: verified. sha256: of its file. told: hears how many entries more were put back. Holds
    the appends to the log. Conflict unless the installation is empty; BadArchive if anything
    in it is not as archives of this version have it.
    """
    hold_appends(tx.session)
    require(tx.actor, Permission.RESTORE_ARCHIVE)
    if not is_empty(tx.session):
        raise Conflict(NOT_EMPTY)
    with faults_told():
        return _restored(tx, archive, sha256, uploads, told)


def _restored(
    tx: Transaction, archive: Opened, sha256: str, uploads: Path, told: Callable[[int], None]
) -> Callable[[], None]:
    heads = archive.said["streams"]
    last, people, leaves = restore_entries(tx.session, archive.folder, heads, told)
    restore_rows(tx.session, archive.folder, leaves, people=people)
    # What the entries call for was done where they were made.
    job_outbox.advance(tx.session, job_outbox.DISPATCHER, last)
    cycle_id = tx.session.scalars(select(Cycle.id)).one()
    withheld, digest = withheld_until(tx.session, last)
    tx.record(
        plan_stream(cycle_id),
        ArchiveRestored(
            cycle_id=cycle_id, sha256=sha256, last=last, withheld=withheld, withheld_sha256=digest
        ),
    )
    # What is done at the commit is done here, where a fault is told of as one of the archive.
    tx.append()
    tx.session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    return restore_papers(tx.session, archive.folder, uploads)


def is_empty(session: Session) -> bool:
    """True for an installation without accounts, zones and entries of a log."""
    found = (
        exists().where(column.is_not(None)) for column in (Zone.id, Person.id, EntryRow.position)
    )
    return not any(session.scalar(select(one)) for one in found)


def entries_of(archive: Opened) -> int:
    """How many entries an archive has."""
    counts: dict[str, int] = archive.said["voci"]
    return counts["pubblicate"] + counts["trattenute"]
