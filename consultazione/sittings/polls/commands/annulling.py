"""The command by which the chair annuls a poll, open or counted, and says why."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.permissions import Permission
from consultazione.sittings.locking import require_open
from consultazione.sittings.polls import steps
from consultazione.sittings.polls.locking import lock_poll
from consultazione.sittings.polls.models import AnnulReason, Poll, PollState


def annul_poll(tx: Transaction, *, poll_id: int, reason: str) -> Poll:
    """Annul a poll, open or closed, while its sitting is open; idempotent for the same reason.

    It stays visible as annulled with the reason, has no result, and can be put again. Locks the
    sitting and the poll FOR UPDATE. Conflict if the sitting is not open, or if the poll was
    annulled for another reason.
    """
    poll, sitting = lock_poll(tx, poll_id, Permission.ANNUL_POLL)
    require_open(sitting)
    if poll.state is PollState.ANNULLED:
        if poll.explanation != reason:
            raise Conflict(_("This poll is annulled already: its reason stands as it was given."))
        return poll
    steps.annul_poll(tx, poll, AnnulReason.BY_CHAIR, reason)
    return poll
