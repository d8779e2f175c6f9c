"""Rehearsals: their ids, their queries, and confining a transaction to one."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.db import Confinement, Transaction
from consultazione.core.log import EPHEMERAL_FROM, is_ephemeral
from consultazione.sittings.models import Sitting

# Browsers read numbers exactly below 2^53; some room is left for the polls of a rehearsal.
_BELOW = 2**53 - 10**6
# Nobody will end a rehearsal that is older than this.
REHEARSED_FOR = timedelta(hours=6)
_OUTLIVES_IT = _("This cannot be rehearsed: it would leave a trace.")


def draw_rehearsal_id() -> int:
    """Draw an id for a rehearsal at random: whoever has its address can take part in it.

    One of 9 * 10^15, of 52 bits and more, from a secure source, so that nobody finds one by
    trying. It also marks the stream as that of a rehearsal, and the ids of its polls follow it.
    """
    return EPHEMERAL_FROM + secrets.randbelow(_BELOW - EPHEMERAL_FROM)


def confine_to_rehearsal(tx: Transaction, sitting_id: int) -> None:
    """Confine the transaction to this sitting if it is a rehearsal; do nothing otherwise.

    A confined transaction refuses to record on any stream but those of rehearsals, so that
    nothing outlives the rehearsal.
    """
    if sitting_id >= EPHEMERAL_FROM:
        tx.confinement = Confinement(sitting_id, is_ephemeral, _OUTLIVES_IT)


def rehearsal_of(session: Session, sitting_id: int) -> int | None:
    """Return the id of a sitting's running rehearsal, or None."""
    return session.scalar(select(Sitting.id).where(Sitting.rehearses == sitting_id))


def rehearsals_over(session: Session, *, now: datetime) -> list[int]:
    """Return the ids of rehearsals older than REHEARSED_FOR, which nobody will end any more."""
    query = select(Sitting.id).where(Sitting.rehearses.is_not(None))
    return list(session.scalars(query.where(Sitting.convened_at < now - REHEARSED_FOR)))
