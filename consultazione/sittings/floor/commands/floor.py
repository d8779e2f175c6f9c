"""Commands of the floor: withdraw a hand, give the floor, end it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotAllowed
from consultazione.core.permissions import Permission, may
from consultazione.sittings.breaks.steps import require_going_on
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.floor.events import FloorGiven
from consultazione.sittings.floor.locking import NOT_IN_HALL, lock_hand, lock_hand_and_sitting
from consultazione.sittings.floor.models import Hand, HandState
from consultazione.sittings.floor.steps import end_floor_of, end_speaking, lower_hand, speakers_list
from consultazione.sittings.locking import attendances_of, current_point, require_at, require_open
from consultazione.sittings.models import Sitting


def withdraw_hand(tx: Transaction, *, hand_id: int) -> Hand:
    """Withdraw the actor's own hand; idempotent.

    Locks the hand FOR UPDATE. NotAllowed for somebody else's hand; Conflict once it was given
    the floor.
    """
    hand = lock_hand(tx, hand_id)
    require_at(tx, Permission.WITHDRAW_HAND, _sitting_of(tx, hand))
    if hand.person_id != tx.actor.person_id:
        raise NotAllowed(_("Only who raised a hand can take it down."))
    return _withdraw(tx, hand)


def withdraw_hand_for(tx: Transaction, *, hand_id: int) -> Hand:
    """Withdraw the hand of somebody in the hall, on behalf of the desk; idempotent.

    Locks the hand FOR UPDATE. Conflict if they are not in the hall, or once the hand was
    given the floor.
    """
    hand = lock_hand(tx, hand_id)
    require_at(tx, Permission.WITHDRAW_HAND_FOR, _sitting_of(tx, hand))
    present = attendances_of(tx, hand.sitting_id, [hand.person_id], lock=False)
    if hand.state is HandState.RAISED and not present[hand.person_id].in_hall:
        raise Conflict(NOT_IN_HALL)
    return _withdraw(tx, hand)


def _withdraw(tx: Transaction, hand: Hand) -> Hand:
    if hand.state is HandState.WITHDRAWN:
        return hand
    if hand.state is not HandState.RAISED:
        raise Conflict(_("The floor has been given to you: say that you have finished."))
    lower_hand(tx, hand)
    return hand


def give_floor(tx: Transaction, *, hand_id: int) -> Hand:
    """Give the floor to a raised hand, ending the floor of the current speaker; idempotent.

    Locks the sitting and the hands FOR UPDATE. Conflict if the hand is no longer raised, or
    if the sitting is not open or is suspended.
    """
    hand, sitting = lock_hand_and_sitting(tx, hand_id)
    require_at(tx, Permission.GIVE_FLOOR, sitting)
    require_open(sitting)
    if hand.state is HandState.SPEAKING:
        return hand
    if hand.state is not HandState.RAISED:
        raise Conflict(_("They no longer ask for the floor."))
    require_going_on(tx, sitting.id)
    end_floor_of(tx, sitting.id)
    tx.flush()  # before the next hand is set: a unique index allows one speaker at a time
    point = current_point(tx, sitting.id)
    speakers = speakers_list(tx, sitting.id)
    speakers.last = hand.category
    hand.state = HandState.SPEAKING
    hand.floor_from = tx.now
    hand.allotted = speakers.seconds
    hand.point_id = None if point is None else point.id  # the time is spent on this one
    tx.record(
        sitting_stream(sitting.id),
        FloorGiven(
            hand_id=hand.id,
            point_id=hand.point_id,
            seconds=hand.allotted,
        ),
    )
    return hand


def end_floor(tx: Transaction, *, hand_id: int) -> Hand:
    """End the floor of a hand, as its speaker or as the chair; idempotent.

    Locks the hand FOR UPDATE. NotAllowed for anybody else; Conflict if it never had the floor.
    """
    hand = lock_hand(tx, hand_id)
    sitting = _sitting_of(tx, hand)
    require_at(tx, Permission.END_FLOOR, sitting)
    table = sitting.table
    presides = may(tx.actor, Permission.END_ANY_FLOOR, zone_id=table.zone_id, table_id=table.id)
    if hand.person_id != tx.actor.person_id and not presides:
        raise NotAllowed(_("Only the speaker or the chair can end it."))
    if hand.state is HandState.DONE:
        return hand
    if hand.state is not HandState.SPEAKING:
        raise Conflict(_("This person does not have the floor."))
    end_speaking(tx, hand)
    return hand


def _sitting_of(tx: Transaction, hand: Hand) -> Sitting:
    return tx.session.get_one(Sitting, hand.sitting_id)
