"""What who presides does with the list of speakers: its order, and the time of each."""

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
from consultazione.sittings.floor.order import Said, Waiting, queue
from consultazione.sittings.floor.queries import spoken_by
from consultazione.sittings.floor.steps import speakers_list
from consultazione.sittings.locking import lock_sitting, require_at, require_open


def choose_order(tx: Transaction, *, sitting_id: int, ordering: SpeakingOrder) -> SpeakersList:
    """Choose how hands are put in order; harmless if it is so already.

    By hand, they stay at first as they are; any other order forgets how they were placed.
    """
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, Permission.CHOOSE_ORDER, sitting)
    require_open(sitting)
    chosen = speakers_list(tx, sitting.id)
    if chosen.ordering is ordering:
        return chosen
    by_hand = ordering is SpeakingOrder.BY_HAND
    placed = _queue(tx, chosen, _raised(tx, sitting.id)) if by_hand else []
    chosen.ordering, chosen.placed = ordering, placed
    tx.record(sitting_stream(sitting.id), OrderChosen(ordering=ordering, placed=placed))
    return chosen


def move_hand(tx: Transaction, *, hand_id: int, before: int | None) -> SpeakersList:
    """Put a hand before another of its kind, or last of its kind; from then on by hand.

    Harmless if it stands there. Conflict if one of them is no longer up, or is of another
    kind: what has priority keeps it.
    """
    hand, sitting = lock_hand_and_sitting(tx, hand_id)
    require_at(tx, Permission.MOVE_HAND, sitting)
    require_open(sitting)
    chosen = speakers_list(tx, sitting.id)
    raised = {one.id: one for one in _raised(tx, sitting.id)}
    other = None if before is None else raised.get(before)
    if hand.id not in raised or (before is not None and other is None):
        raise Conflict(_("They no longer ask for the floor."))
    if other is not None and other.kind is not hand.kind:
        raise Conflict(_("Points of order and replies keep their place before all others."))
    now = _queue(tx, chosen, raised.values())
    placed = _placed(now, hand.id, before)
    if placed != now or chosen.ordering is not SpeakingOrder.BY_HAND:
        chosen.ordering, chosen.placed = SpeakingOrder.BY_HAND, placed
        tx.record(sitting_stream(sitting.id), HandsPlaced(placed=placed))
    return chosen


def limit_time(tx: Transaction, *, sitting_id: int, seconds: int | None) -> SpeakersList:
    """Say how long each may speak from now on; harmless if it is so already."""
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, Permission.LIMIT_TIME, sitting)
    require_open(sitting)
    chosen = speakers_list(tx, sitting.id)
    if chosen.seconds != seconds:
        chosen.seconds = seconds
        tx.record(sitting_stream(sitting.id), TimeLimited(seconds=seconds))
    return chosen


def extend_floor(tx: Transaction, *, hand_id: int, seconds: int) -> Hand:
    """Give who has the floor more time: so many seconds in all; harmless if they have them."""
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


def _queue(tx: Transaction, chosen: SpeakersList, raised: Iterable[Hand]) -> list[int]:
    """The order of hands that were read once: withdrawing them waits for nobody."""
    hands = [Waiting(hand.id, hand.person_id, hand.category, hand.kind) for hand in raised]
    said = Said(spoken_by(tx.session, chosen.sitting_id), chosen.last)
    return queue(hands, chosen.ordering, said, chosen.placed)


def _placed(now: list[int], hand_id: int, before: int | None) -> list[int]:
    rest = [one for one in now if one != hand_id]
    at = len(rest) if before is None or before == hand_id else rest.index(before)
    return now if before == hand_id else [*rest[:at], hand_id, *rest[at:]]
