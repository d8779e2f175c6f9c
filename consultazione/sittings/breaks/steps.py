"""Steps of breaks that commands of other parts share."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.sittings.breaks.queries import suspension_now
from consultazione.sittings.models import AgendaPoint


def require_going_on(tx: Transaction, sitting_id: int) -> None:
    """Raise Conflict while a sitting is suspended; the message says what to do."""
    if suspension_now(tx.session, sitting_id) is not None:
        raise Conflict(_("The sitting is suspended: resume it first."))


def stop_clock(tx: Transaction, point: AgendaPoint) -> int:
    """Stop the clock of a point; return how many seconds it has taken in all."""
    if point.running_since is not None:
        point.spent += max(0, (tx.now - point.running_since) // timedelta(seconds=1))
        point.running_since = None
    return point.spent


def end_suspension(tx: Transaction, sitting_id: int) -> None:
    """End the break that a sitting is in, if any; records nothing."""
    suspension = suspension_now(tx.session, sitting_id)
    if suspension is not None:
        suspension.resumed_at = tx.now
        tx.flush()
