"""Steps of the floor that several commands share; each changes one thing and records it."""

from __future__ import annotations

from datetime import timedelta

from consultazione.core.db import Transaction
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.floor.events import FloorEnded, HandWithdrawn
from consultazione.sittings.floor.locking import speaking_hand
from consultazione.sittings.floor.models import Hand, HandState, SpeakersList, SpeakingOrder


def speakers_list(tx: Transaction, sitting_id: int) -> SpeakersList:
    """The list of a sitting that the transaction holds alone; made at its first use."""
    found = tx.session.get(SpeakersList, sitting_id, populate_existing=True)
    if found is None:
        found = SpeakersList(
            sitting_id=sitting_id, ordering=SpeakingOrder.FIRST_COME, placed=[], seconds=None
        )
        tx.session.add(found)
        tx.flush()
    return found


def put_down(tx: Transaction, hand: Hand) -> None:
    """A hand that is up goes down; who has the floor has finished."""
    if hand.state is HandState.SPEAKING:
        end_speaking(tx, hand)
        return
    hand.state = HandState.WITHDRAWN
    tx.record(sitting_stream(hand.sitting_id), HandWithdrawn(hand_id=hand.id))


def end_speaking(tx: Transaction, hand: Hand) -> None:
    """Who has the floor has finished."""
    hand.state = HandState.DONE
    hand.floor_to = tx.now
    taken = tx.now - (hand.floor_from or tx.now)
    hand.spoken = max(0, taken // timedelta(seconds=1))
    tx.record(sitting_stream(hand.sitting_id), FloorEnded(hand_id=hand.id, seconds=hand.spoken))


def end_floor_of(tx: Transaction, sitting_id: int) -> None:
    """Whoever has the floor in a sitting, if anybody, has finished."""
    hand = speaking_hand(tx, sitting_id)
    if hand is not None:
        end_speaking(tx, hand)
