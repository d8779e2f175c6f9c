"""What ballots, receipts and votes of the room must say by the poll's stream.

Who made which choice in a secret poll stands nowhere, and is in no audit.
"""

from __future__ import annotations

from consultazione.core.audit import (
    ACTOR,
    AT,
    ITEM,
    NOTHING,
    Audit,
    Is,
    Past,
    Said,
    adds,
    adds_each,
    drops,
    register,
    sets,
)
from consultazione.core.log import EPHEMERAL_FROM
from consultazione.sittings.polls.models import Ballot, Receipt, RoomVotes


def _has_votes(entry: Past) -> bool:
    return bool(entry.data["votes"])


def _has_none(entry: Past) -> bool:
    return not entry.data["votes"]


_CHOICE = {"poll_id": "poll_id", "choice": "choice"}
ROOM = Audit(
    RoomVotes,
    adds(
        "room_votes.counted",
        when=_has_votes,
        **_CHOICE,
        votes="votes",
        counted_by=ACTOR,
        confirmed_by=Is(None),
    ),
    drops("room_votes.counted", when=_has_none, **_CHOICE),
    sets("room_votes.confirmed", **_CHOICE, confirmed_by=ACTOR),
    only=RoomVotes.poll_id < EPHEMERAL_FROM,
)


def _first_at(entry: Past, said: Said) -> object:
    """A sealed ballot that is changed keeps the moment of the first."""
    return NOTHING if "cast_at" in said else entry.at


_VOTER = {
    "poll_id": "poll_id",
    "person_id": "person_id",
    "mandate_id": "mandate_id",
    "category": "category",
    "proxy_id": "proxy_id",
}
BALLOT = Audit(
    Ballot,
    adds("ballot.cast", **_VOTER, choice="choice", cast_at=AT),
    adds("ballot.sealed", **_VOTER, choice=Is(None), cast_at=_first_at),
    only=Ballot.poll_id < EPHEMERAL_FROM,
)


def _digest(entry: Past, _said: Said) -> bytes:
    return bytes.fromhex(entry.data[ITEM])


RECEIPT = Audit(
    Receipt,
    adds_each("poll.box_opened", "receipts", poll_id="poll_id", digest=_digest),
    only=Receipt.poll_id < EPHEMERAL_FROM,
)


register("poll", audits=(ROOM, BALLOT, RECEIPT), apart=True)
