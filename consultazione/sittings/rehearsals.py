"""Rehearsals: the numbers that mark one, and what confines a transaction to one."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.db import Confinement, Transaction
from consultazione.core.log import EPHEMERAL_FROM, is_ephemeral
from consultazione.sittings.models import REHEARSAL_NUMBERS, Sitting

# After so long nobody will end a rehearsal.
REHEARSED_FOR = timedelta(hours=6)
_OUTLIVES_IT = _("This cannot be rehearsed: it would leave a trace.")


def next_rehearsal_number(tx: Transaction) -> int:
    """A number for a rehearsal, or for a poll of one: their streams are known by it."""
    number: int = tx.session.scalar(REHEARSAL_NUMBERS)
    return number


def confine_to_rehearsal(tx: Transaction, sitting_id: int) -> None:
    """If the sitting is a rehearsal, let the transaction leave nothing that outlives it.

    From here on what would be recorded elsewhere than on streams of rehearsals is refused.
    """
    if sitting_id >= EPHEMERAL_FROM:
        tx.confinement = Confinement(sitting_id, is_ephemeral, _OUTLIVES_IT)


def rehearsal_of(session: Session, sitting_id: int) -> int | None:
    """The rehearsal of a sitting that goes on; None if there is none."""
    return session.scalar(select(Sitting.id).where(Sitting.rehearses == sitting_id))


def rehearsals_over(session: Session, *, now: datetime) -> list[int]:
    """The rehearsals that have gone on for so long that nobody will end them."""
    query = select(Sitting.id).where(Sitting.rehearses.is_not(None))
    return list(session.scalars(query.where(Sitting.convened_at < now - REHEARSED_FOR)))
