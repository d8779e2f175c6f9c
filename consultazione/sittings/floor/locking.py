"""Loads and locks the hands that commands of the floor work on."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import NotFound
from consultazione.sittings.floor.models import Hand, HandState
from consultazione.sittings.locking import lock_sitting
from consultazione.sittings.models import Sitting
from consultazione.sittings.rehearsals import confine_to_rehearsal

NOT_IN_HALL = _("The desk acts only for those who are in the hall: let them in first.")


def lock_hand(tx: Transaction, hand_id: int) -> Hand:
    """Return a hand, locked FOR UPDATE; NotFound if there is none.

    If its sitting is a rehearsal, confines the transaction to it.
    """
    hand = tx.session.get(Hand, hand_id, with_for_update=True, populate_existing=True)
    if hand is None:
        raise NotFound(_("Nobody has asked for the floor under this number."))
    confine_to_rehearsal(tx, hand.sitting_id)
    return hand


def lock_hand_and_sitting(tx: Transaction, hand_id: int) -> tuple[Hand, Sitting]:
    """Return a hand and its sitting, both locked FOR UPDATE, the sitting first."""
    hand = tx.session.get(Hand, hand_id)
    if hand is None:
        raise NotFound(_("Nobody has asked for the floor under this number."))
    sitting = lock_sitting(tx, hand.sitting_id)
    return lock_hand(tx, hand_id), sitting


def open_hands(
    tx: Transaction, sitting_id: int, person_ids: Collection[int] | None = None
) -> list[Hand]:
    """Return the hands that are raised or have the floor, by id, locked FOR UPDATE.

    person_ids: leaves out the hands of everybody else.
    """
    query = (
        select(Hand)
        .where(Hand.sitting_id == sitting_id)
        .where(Hand.state.in_([HandState.RAISED, HandState.SPEAKING]))
        .order_by(Hand.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if person_ids is not None:
        query = query.where(Hand.person_id.in_(person_ids))
    return list(tx.session.scalars(query))


def speaking_hand(tx: Transaction, sitting_id: int) -> Hand | None:
    """Return the hand that has the floor, locked FOR UPDATE; None if nobody has it."""
    query = select(Hand).filter_by(sitting_id=sitting_id, state=HandState.SPEAKING)
    return tx.session.scalar(query.with_for_update().execution_options(populate_existing=True))
