"""Messages about polls beside voting: the votes counted in the room, the sender's receipt."""

from __future__ import annotations

from uuid import UUID

from consultazione.live.contract import ReceiptAnswer, RoomVotesAnswer
from consultazione.sittings.polls.commands.polls import count_in_room
from consultazione.sittings.polls.receipts import own_receipt
from consultazione.web.request_db import actor, transaction


def count_room(poll_id: int, choice: str, votes: int, key: UUID | None = None) -> RoomVotesAnswer:
    """Enter votes that were counted in the room; all of them by choice. Idempotent."""
    with transaction() as tx:
        room = count_in_room(tx, poll_id=poll_id, choice=choice, votes=votes)
        return {"room_votes": dict(room.entered), "room_votes_waiting": room.waiting}


def receipt(poll_id: int, key: UUID | None = None) -> ReceiptAnswer:
    """The sender's receipt in a secret poll that is open."""
    with transaction() as tx:
        return {"receipt": own_receipt(tx, poll_id=poll_id, person_id=actor().person_id)}
