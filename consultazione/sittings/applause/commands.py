"""The command that records how much applause there was."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.permissions import Permission
from consultazione.sittings.applause.events import ApplauseCounted
from consultazione.sittings.applause.models import Applause
from consultazione.sittings.applause.queries import Subject, is_over
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.locking import lock_sitting, require_at, require_open


def count_applause(tx: Transaction, *, sitting_id: int, subject: Subject, count: int) -> None:
    """Record the applause of a speech or of a point that is over; idempotent.

    Of applause that the closing of the sitting has cut off nothing is recorded, since the entry of
    the closing is the last of a sitting. Locks the sitting FOR UPDATE. Conflict if the sitting is
    not open, or the speech or the point is not one of it that is over.
    """
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, Permission.COUNT_APPLAUSE, sitting)
    require_open(sitting)
    if not is_over(tx.session, sitting.id, subject):
        raise Conflict(_("Applause is counted once the speech or the point is over."))
    columns = subject._asdict()
    if tx.session.scalar(select(Applause.id).filter_by(**columns)) is not None:
        return
    tx.session.add(Applause(**columns, count=count, counted_at=tx.now))
    tx.record(sitting_stream(sitting.id), ApplauseCounted(**columns, count=count))
