"""Loads and locks the polls of a sitting."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotFound
from consultazione.core.permissions import Permission
from consultazione.sittings.locking import lock_sitting, require_at
from consultazione.sittings.models import Sitting
from consultazione.sittings.polls.models import Poll, PollState


def lock_open_poll(tx: Transaction, sitting_id: int) -> Poll | None:
    """Return the open poll of a sitting, locked FOR UPDATE; None if none is open."""
    return tx.session.scalar(
        select(Poll).filter_by(sitting_id=sitting_id, state=PollState.OPEN).with_for_update()
    )


def require_no_open_poll(tx: Transaction, sitting_id: int) -> None:
    """Raise Conflict while a poll is open, so that nobody leaves one behind by accident."""
    if lock_open_poll(tx, sitting_id) is not None:
        raise Conflict(_("A poll is open: close it first."))


def lock_poll(tx: Transaction, poll_id: int, permission: Permission) -> tuple[Poll, Sitting]:
    """Return a poll and its sitting, both locked FOR UPDATE.

    NotFound if there is no such poll; NotAllowed without the permission at its table.
    """
    poll = tx.session.get(Poll, poll_id)
    if poll is None:
        raise NotFound(_("There is no such poll."))
    sitting = lock_sitting(tx, poll.sitting_id)
    require_at(tx, permission, sitting)
    tx.session.refresh(poll, with_for_update=True)
    return poll, sitting
