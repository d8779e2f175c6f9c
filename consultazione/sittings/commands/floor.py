"""Asking for the floor, giving it, and having spoken."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotAllowed
from consultazione.people.permissions import may
from consultazione.sittings.commands import steps
from consultazione.sittings.commands.fetch import (
    current_point,
    hand_alone,
    hand_locked,
    open_hands,
    present_actor,
    require_at,
    require_open,
    sitting_alone,
)
from consultazione.sittings.events import FloorGiven, HandRaised, sitting_stream
from consultazione.sittings.models import Attendance, Hand, HandKind, HandState, Sitting
from consultazione.sittings.pauses.steps import require_going_on
from consultazione.sittings.speakers.steps import speakers_list


def raise_hand(tx: Transaction, *, sitting_id: int, hand_kind: HandKind = HandKind.FLOOR) -> Hand:
    """The actor, who is present, asks for the floor; harmless if they have asked for it so.

    A reply is to who has the floor: Conflict if nobody else has. The sitting is held alone,
    so that hands stand in the log in the order of their ids.
    """
    sitting = sitting_alone(tx, sitting_id)
    require_at(tx, "raise_hand", sitting)
    require_open(sitting)
    attendance = present_actor(tx, sitting.id)
    for hand in open_hands(tx, sitting.id, attendance.person_id):
        if hand.kind is hand_kind:
            return hand
        if hand.state is HandState.SPEAKING:
            raise Conflict(_("You have the floor: say it now."))
    return _raise(tx, attendance, hand_kind)


def withdraw_hand(tx: Transaction, *, hand_id: int) -> Hand:
    """The actor no longer asks for the floor; harmless if they have withdrawn."""
    hand = hand_locked(tx, hand_id)
    require_at(tx, "withdraw_hand", _sitting_of(tx, hand))
    if hand.person_id != tx.actor.person_id:
        raise NotAllowed(_("Only who raised a hand can take it down."))
    if hand.state is HandState.WITHDRAWN:
        return hand
    if hand.state is not HandState.RAISED:
        raise Conflict(_("The floor has been given to you: say that you have finished."))
    steps.put_down(tx, hand)
    return hand


def give_floor(tx: Transaction, *, hand_id: int) -> Hand:
    """Give the floor to who has raised a hand; it ends for who has it.

    Harmless if they have the floor; Conflict if they no longer ask for it.
    """
    hand, sitting = hand_alone(tx, hand_id)
    require_at(tx, "give_floor", sitting)
    require_open(sitting)
    if hand.state is HandState.SPEAKING:
        return hand
    if hand.state is not HandState.RAISED:
        raise Conflict(_("They no longer ask for the floor."))
    require_going_on(tx, sitting.id)
    steps.end_floor_of(tx, sitting.id)
    tx.flush()  # one person at a time has the floor, and the database sees to it
    point = current_point(tx, sitting.id)
    chosen = speakers_list(tx, sitting.id)
    chosen.last = hand.category
    hand.state = HandState.SPEAKING
    hand.floor_from = tx.now
    hand.allotted = chosen.seconds
    tx.record(
        sitting_stream(sitting.id),
        FloorGiven(
            hand_id=hand.id,
            point_id=None if point is None else point.id,
            seconds=hand.allotted,
        ),
    )
    return hand


def end_floor(tx: Transaction, *, hand_id: int) -> Hand:
    """Who has the floor has finished: they say so, or who presides; harmless if it ended."""
    hand = hand_locked(tx, hand_id)
    sitting = _sitting_of(tx, hand)
    require_at(tx, "end_floor", sitting)
    table = sitting.table
    presides = may(tx.actor, "give_floor", zone_id=table.zone_id, table_id=table.id)
    if hand.person_id != tx.actor.person_id and not presides:
        raise NotAllowed(_("Only who has the floor, or who presides, can end it."))
    if hand.state is HandState.DONE:
        return hand
    if hand.state is not HandState.SPEAKING:
        raise Conflict(_("This person does not have the floor."))
    steps.end_speaking(tx, hand)
    return hand


def _raise(tx: Transaction, attendance: Attendance, kind: HandKind) -> Hand:
    answered = _speaking(tx, attendance.sitting_id) if kind is HandKind.REPLY else None
    point = current_point(tx, attendance.sitting_id)
    hand = Hand(
        sitting_id=attendance.sitting_id,
        point_id=None if point is None else point.id,
        person_id=attendance.person_id,
        mandate_id=attendance.mandate_id,
        category=attendance.category,
        kind=kind,
        reply_to=None if answered is None else answered.id,
        state=HandState.RAISED,
        raised_at=tx.now,
    )
    tx.session.add(hand)
    tx.flush()
    tx.record(
        sitting_stream(hand.sitting_id),
        HandRaised(
            hand_id=hand.id,
            point_id=hand.point_id,
            person_id=hand.person_id,
            mandate_id=hand.mandate_id,
            category=hand.category,
            hand_kind=kind,
            reply_to=hand.reply_to,
        ),
    )
    return hand


def _speaking(tx: Transaction, sitting_id: int) -> Hand:
    """Who has the floor; Conflict if nobody has."""
    for hand in open_hands(tx, sitting_id):
        if hand.state is HandState.SPEAKING:
            return hand
    raise Conflict(_("Nobody has the floor: there is nobody to reply to."))


def _sitting_of(tx: Transaction, hand: Hand) -> Sitting:
    return tx.session.get_one(Sitting, hand.sitting_id)
