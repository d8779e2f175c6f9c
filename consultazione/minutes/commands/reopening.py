"""The command that reopens a sitting, which its minutes have to allow."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.permissions import Permission
from consultazione.minutes.models import Minutes, MinutesState
from consultazione.sittings.lifecycle.steps import reopen
from consultazione.sittings.locking import lock_sitting, require_at
from consultazione.sittings.models import Sitting


def reopen_sitting(tx: Transaction, *, sitting_id: int, reason: str) -> Sitting:
    """Reopen a sitting on the day on which it was closed, as long as its minutes are a draft.

    The draft is composed anew at the next closing; the notes and conclusions in it stay.
    reason: everybody can read it. Locks the sitting and its minutes FOR UPDATE. Conflict if the
    sitting is not closed, was closed on another day, or has approved minutes.
    """
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, Permission.REOPEN_SITTING, sitting)
    query = select(Minutes).filter_by(sitting_id=sitting.id).with_for_update()
    minutes = tx.session.scalar(query.execution_options(populate_existing=True))
    if minutes is not None and minutes.state is not MinutesState.DRAFT:
        approved = _("The minutes of this sitting are approved: convene another sitting.")
        raise Conflict(approved)
    reopen(tx, sitting, reason)
    return sitting
