"""Commands by which the chair runs the list of speakers: its order and the time of each."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.permissions import Permission
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.floor.events import FloorExtended, HandsPlaced, OrderChosen, TimeLimited
from consultazione.sittings.floor.locking import lock_hand_and_sitting
from consultazione.sittings.floor.models import Hand, HandState, SpeakersList, SpeakingOrder
from consultazione.sittings.floor.order import FloorHistory, RaisedHand, queue
from consultazione.sittings.floor.queries import spoken_by
from consultazione.sittings.floor.steps import speakers_list
from consultazione.sittings.locking import lock_sitting, require_at, require_open


def choose_order(tx: Transaction, *, sitting_id: int, ordering: SpeakingOrder) -> SpeakersList:
    """Choose the order in which hands get the floor; idempotent.

    Ordering by hand starts from the current order; any other discards the placement by hand.
    Locks the sitting FOR UPDATE. Conflict if it is not open.
    """
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, Permission.CHOOSE_ORDER, sitting)
    require_open(sitting)
    speakers = speakers_list(tx, sitting.id)
    if speakers.ordering is ordering:
        return speakers
    by_hand = ordering is SpeakingOrder.BY_HAND
    placed = _queue(tx, speakers, _raised(tx, sitting.id)) if by_hand else []
    speakers.ordering, speakers.placed = ordering, placed
    tx.record(sitting_stream(sitting.id), OrderChosen(ordering=ordering, placed=placed))
    return speakers


def move_hand(tx: Transaction, *, hand_id: int, before: int | None) -> SpeakersList:
    """Put a hand before another of its kind, or last of its kind; idempotent.

    The list is ordered by hand from then on. Locks the sitting and the hand FOR UPDATE.
    Conflict if either hand is no longer raised, or if they are of two kinds: points of order
    and replies keep their priority.
    """
    hand, sitting = lock_hand_and_sitting(tx, hand_id)
    require_at(tx, Permission.MOVE_HAND, sitting)
    require_open(sitting)
    speakers = speakers_list(tx, sitting.id)
    raised = {hand.id: hand for hand in _raised(tx, sitting.id)}
    other = None if before is None else raised.get(before)
    if hand.id not in raised or (before is not None and other is None):
        raise Conflict(_("They no longer ask for the floor."))
    if other is not None and other.kind is not hand.kind:
        raise Conflict(_("Points of order and replies keep their place before all others."))
    current = _queue(tx, speakers, raised.values())
    placed = _placed(current, hand.id, before)
    if placed != current or speakers.ordering is not SpeakingOrder.BY_HAND:
        speakers.ordering, speakers.placed = SpeakingOrder.BY_HAND, placed
        tx.record(sitting_stream(sitting.id), HandsPlaced(placed=placed))
    return speakers


def limit_time(tx: Transaction, *, sitting_id: int, seconds: int | None) -> SpeakersList:
    """Set how many seconds each may speak from now on, None for no limit; idempotent.

    Locks the sitting FOR UPDATE. Conflict if it is not open.
    """
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, Permission.LIMIT_TIME, sitting)
    require_open(sitting)
    speakers = speakers_list(tx, sitting.id)
    if speakers.seconds != seconds:
        speakers.seconds = seconds
        tx.record(sitting_stream(sitting.id), TimeLimited(seconds=seconds))
    return speakers


def extend_floor(tx: Transaction, *, hand_id: int, seconds: int) -> Hand:
    """Extend the speaker's time to a total of `seconds`; idempotent.

    Locks the sitting and the hand FOR UPDATE. Conflict if the hand does not have the floor;
    Invalid if the total is less than before.
    """
    hand, sitting = lock_hand_and_sitting(tx, hand_id)
    require_at(tx, Permission.EXTEND_FLOOR, sitting)
    require_open(sitting)
    if hand.state is not HandState.SPEAKING:
        raise Conflict(_("This person does not have the floor."))
    if hand.allotted == seconds:
        return hand
    if seconds < (hand.allotted or 0):
        raise Invalid.at(
            "seconds", _("An extension cannot be shorter than the time already given.")
        )
    hand.allotted = seconds
    tx.record(sitting_stream(sitting.id), FloorExtended(hand_id=hand.id, seconds=seconds))
    return hand


def _raised(tx: Transaction, sitting_id: int) -> list[Hand]:
    query = select(Hand).filter_by(sitting_id=sitting_id, state=HandState.RAISED)
    return list(tx.session.scalars(query.order_by(Hand.id)))


def _queue(tx: Transaction, speakers: SpeakersList, raised: Iterable[Hand]) -> list[int]:
    """Return the ids of hands in their order.

    The hands are read once and not locked, so that withdrawing one never waits for this.
    """
    hands = [RaisedHand(hand.id, hand.person_id, hand.category, hand.kind) for hand in raised]
    history = FloorHistory(spoken_by(tx.session, speakers.sitting_id), speakers.last)
    return queue(hands, speakers.ordering, history, speakers.placed)


def _placed(current: list[int], hand_id: int, before: int | None) -> list[int]:
    if before == hand_id:
        return current
    others = [other_id for other_id in current if other_id != hand_id]
    at = len(others) if before is None else others.index(before)
    return [*others[:at], hand_id, *others[at:]]
