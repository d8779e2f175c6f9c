"""Loads and locks the open poll of a sitting."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
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
