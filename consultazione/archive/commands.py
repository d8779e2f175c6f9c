"""Asking for the archive of a cycle, and recording that it was made."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.archive.events import ArchiveMade, ArchiveRequested
from consultazione.archive.export import Made
from consultazione.archive.queries import archive_state
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.log.append import hold_appends
from consultazione.core.permissions import Permission, require
from consultazione.plan.events import plan_stream
from consultazione.zones.queries import get_cycle


def request_archive(tx: Transaction, *, cycle_id: int) -> None:
    """Ask for an archive of a cycle, which a worker makes.

    No lock: an archive that is asked for twice is made twice, and is the same. Conflict while
    one is being made; NotFound if there is no such cycle.
    """
    cycle = get_cycle(tx.session, cycle_id)
    require(tx.actor, Permission.REQUEST_ARCHIVE, zone_id=cycle.zone_id)
    if archive_state(tx.session, cycle_id).is_being_made:
        raise Conflict(_("The archive is being made: it will stand on this page."))
    tx.record(plan_stream(cycle_id), ArchiveRequested(cycle_id=cycle_id))


def record_archive(tx: Transaction, *, cycle_id: int, asked: int, made: Made) -> bool:
    """Record the archive of a cycle that was made, and stored under its digest.

    asked: the position of the entry that asked for it. False, and nothing is recorded, if an order
    of erasure came since: the archive may hold what was erased, and its file is to be destroyed.
    Holds the appends to the log.
    """
    cycle = get_cycle(tx.session, cycle_id)
    require(tx.actor, Permission.RECORD_ARCHIVE, zone_id=cycle.zone_id)
    hold_appends(tx.session)
    if archive_state(tx.session, cycle_id).withdrawn > asked:
        return False
    tx.record(
        plan_stream(cycle_id),
        ArchiveMade(
            cycle_id=cycle_id,
            sha256=made.sha256,
            size=made.size,
            entries=made.entries,
            documents=made.documents,
        ),
    )
    return True
