"""A step of erasures by order: archives that were made before it are destroyed.

An archive holds all words of its cycle, so each order takes it away; it can be made again.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from sqlalchemy import select

from consultazione.archive.events import ArchiveMade, ArchiveWithdrawn
from consultazione.archive.queries import archive_state
from consultazione.core.db import Transaction
from consultazione.core.incoming.uploads import path_of
from consultazione.core.log import EntryRow
from consultazione.plan.events import plan_stream
from consultazione.zones.models import Cycle


def withdraw_archives(
    tx: Transaction, zone_id: int, *, order_id: int, uploads: Path | None
) -> None:
    """Withdraw the archives of a zone's cycles, and destroy their files once that is committed.

    uploads: the directory in which they lie. One that is being made is thrown away by its worker
    (`record_archive`). The caller holds the appends to the log.
    """
    for cycle_id in tx.session.scalars(select(Cycle.id).filter_by(zone_id=zone_id)).all():
        state = archive_state(tx.session, cycle_id)
        if state.made is None and not state.is_being_made:
            continue
        stream = plan_stream(cycle_id)
        tx.record(stream, ArchiveWithdrawn(cycle_id=cycle_id, order_id=order_id))
        made = select(EntryRow.data["sha256"].astext).filter_by(
            stream=stream, kind=ArchiveMade.kind
        )
        if uploads is None:
            continue
        for sha256 in tx.session.scalars(made):
            tx.after_commit(partial(path_of(uploads, sha256).unlink, missing_ok=True))
