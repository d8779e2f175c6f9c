"""Commands by which the chair runs the list of speakers: its order and the time of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.permissions import Permission
from consultazione.people.models import Category
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.floor.events import (
    FloorExtended,
    HandsPlaced,
    OrderChosen,
    QuotasSet,
    TimeLimited,
)
from consultazione.sittings.floor.locking import lock_hand_and_sitting
from consultazione.sittings.floor.models import (
    Hand,
    HandState,
    QuotaScope,
    SpeakersList,
    SpeakingOrder,
)
from consultazione.sittings.floor.order import (
    FloorHistory,
    RaisedHand,
    is_used_up,
    queue,
    used_up,
)
from consultazione.sittings.floor.queries import speakers_of, spoken_by
from consultazione.sittings.floor.steps import speakers_list
from consultazione.sittings.locking import current_point, lock_sitting, require_at, require_open


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
    Conflict if either hand is no longer raised, if they are of two kinds: points of order and
    replies keep their priority, or if one's category alone has used up its time.
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
    if other is not None:
        _require_same_side(tx, speakers, hand, other)
    current = _queue(tx, speakers, raised.values())
    placed = _placed(current, hand.id, before)
    placed = _queue(tx, speakers, raised.values(), placed)
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


def set_speaking_quotas(
    tx: Transaction,
    *,
    sitting_id: int,
    quotas: Mapping[Category, int],
    quota_scope: QuotaScope = QuotaScope.SITTING,
) -> SpeakersList:
    """Set how many seconds each category may speak in all; none for those not named. Idempotent.

    Who speaks for a category that has used up its time comes after the others in the queue; the
    chair may give them the floor all the same. quota_scope: whether the time is for the whole
    sitting or for each point. Locks the sitting FOR UPDATE. Conflict if it is not open.
    """
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, Permission.SET_SPEAKING_QUOTAS, sitting)
    require_open(sitting)
    speakers = speakers_list(tx, sitting.id)
    wanted = {category.value: quotas[category] for category in Category if category in quotas}
    if (speakers.quotas, speakers.quota_scope) != (wanted, quota_scope):
        speakers.quotas, speakers.quota_scope = wanted, quota_scope
        recorded = QuotasSet(quotas=wanted, quota_scope=quota_scope)
        tx.record(sitting_stream(sitting.id), recorded)
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


def _require_same_side(tx: Transaction, speakers: SpeakersList, hand: Hand, other: Hand) -> None:
    """Raise Conflict if the category of one of two hands alone has used up its time."""
    spent = _history(tx, speakers).used_up
    if is_used_up(hand.kind, hand.category, spent) != is_used_up(other.kind, other.category, spent):
        raise Conflict(
            _(
                "Whose group has used up its time comes after the others: give them the floor "
                "directly, or change the quotas."
            )
        )


def _history(tx: Transaction, speakers: SpeakersList) -> FloorHistory:
    point = current_point(tx, speakers.sitting_id)
    now = speakers_of(tx.session, speakers.sitting_id)
    spent = used_up(now, None if point is None else point.id)
    return FloorHistory(spoken_by(tx.session, speakers.sitting_id), speakers.last, spent)


def _queue(
    tx: Transaction,
    speakers: SpeakersList,
    raised: Iterable[Hand],
    placed: Sequence[int] | None = None,
) -> list[int]:
    """Return the ids of hands in their order; placed: an order by hand in place of the stored.

    The hands are read once and not locked, so that withdrawing one never waits for this.
    """
    hands = [RaisedHand(hand.id, hand.person_id, hand.category, hand.kind) for hand in raised]
    history = _history(tx, speakers)
    if placed is not None:
        return queue(hands, SpeakingOrder.BY_HAND, history, placed)
    return queue(hands, speakers.ordering, history, speakers.placed)


def _placed(current: list[int], hand_id: int, before: int | None) -> list[int]:
    if before == hand_id:
        return current
    others = [other_id for other_id in current if other_id != hand_id]
    at = len(others) if before is None else others.index(before)
    return [*others[:at], hand_id, *others[at:]]
