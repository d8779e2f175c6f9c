"""Steps of the floor that several commands share."""

from __future__ import annotations

from datetime import timedelta

from consultazione.core.db import Transaction
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.floor.events import FloorEnded, HandLapsed, HandWithdrawn
from consultazione.sittings.floor.locking import speaking_hand
from consultazione.sittings.floor.models import (
    Hand,
    HandState,
    QuotaScope,
    SpeakersList,
    SpeakingOrder,
)


def speakers_list(tx: Transaction, sitting_id: int) -> SpeakersList:
    """Return the list of speakers of a sitting, creating it on first use.

    The caller has locked the sitting FOR UPDATE.
    """
    speakers = tx.session.get(SpeakersList, sitting_id, populate_existing=True)
    if speakers is None:
        speakers = SpeakersList(
            sitting_id=sitting_id,
            ordering=SpeakingOrder.FIRST_COME,
            placed=[],
            seconds=None,
            quotas={},
            quota_scope=QuotaScope.SITTING,
        )
        tx.session.add(speakers)
        tx.flush()
    return speakers


def lower_hand(tx: Transaction, hand: Hand) -> None:
    """Withdraw and record a raised hand; end the floor of one that is speaking."""
    if hand.state is HandState.SPEAKING:
        end_speaking(tx, hand)
        return
    hand.state = HandState.WITHDRAWN
    tx.record(sitting_stream(hand.sitting_id), HandWithdrawn(hand_id=hand.id))


def let_lapse(tx: Transaction, hand: Hand) -> None:
    """End and record a raised hand at the closing; end the floor of one that is speaking."""
    if hand.state is HandState.SPEAKING:
        end_speaking(tx, hand)
        return
    hand.state = HandState.LAPSED
    tx.record(sitting_stream(hand.sitting_id), HandLapsed(hand_id=hand.id))


def end_speaking(tx: Transaction, hand: Hand) -> None:
    """End the floor of the speaking hand, and record how many seconds it took."""
    hand.state = HandState.DONE
    hand.floor_to = tx.now
    duration = tx.now - (hand.floor_from or tx.now)
    hand.spoken = max(0, duration // timedelta(seconds=1))
    tx.record(sitting_stream(hand.sitting_id), FloorEnded(hand_id=hand.id, seconds=hand.spoken))


def end_floor_of(tx: Transaction, sitting_id: int) -> None:
    """End the floor of the sitting's speaker, if anybody is speaking; locks their hand."""
    hand = speaking_hand(tx, sitting_id)
    if hand is not None:
        end_speaking(tx, hand)
