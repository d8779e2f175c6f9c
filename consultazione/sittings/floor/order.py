"""The order in which hands get the floor: one pure function for each ordering.

Points of order come first, then replies, then all others; the ordering that the
facilitator chose applies within each of these groups. Whatever the ordering, who speaks for a
category that has used up its quota of time comes after the others, but for points of order, which
are about the procedure. `static/sittings/state/queue.js` is
the counterpart in the browser; `tests/parity/queue.json` and the replay test check that the
two agree.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from consultazione.sittings.floor.models import HandKind, QuotaScope, SpeakingOrder

PRIORITY = (HandKind.POINT_OF_ORDER, HandKind.REPLY, HandKind.FLOOR)


@dataclass(frozen=True)
class RaisedHand:
    """A raised hand. A hand raised later has a greater `hand_id`."""

    hand_id: int
    person_id: int
    category: str
    hand_kind: str = HandKind.FLOOR


@dataclass(frozen=True)
class FloorHistory:
    """Who has spoken so far: seconds by person id, and the category of the last speaker.

    used_up: the categories that have used up their quota of time.
    """

    persons: Mapping[int, int] = field(default_factory=dict)
    last: str | None = None
    used_up: frozenset[str] = frozenset()


def queue(
    hands: Sequence[RaisedHand], ordering: str, history: FloorHistory, placed: Sequence[int] = ()
) -> list[int]:
    """Return the ids of the hands in the order in which they get the floor.

    placed: hand ids in the order of the facilitator, for the ordering by hand.
    """
    raised = sorted(hands, key=lambda hand: hand.hand_id)
    groups = [[hand for hand in raised if hand.hand_kind == kind] for kind in PRIORITY]
    order = _ORDERS[ordering]
    ordered = [
        hand for group in groups for hand in _by_quota(order(group, history, placed), history)
    ]
    return [hand.hand_id for hand in ordered]


def is_used_up(hand_kind: str, category: str, spent: Collection[str]) -> bool:
    """True if a hand comes after the others since its category has used up its quota.

    spent: the categories that have.
    """
    return hand_kind != HandKind.POINT_OF_ORDER and category in spent


def used_up(speakers: Mapping[str, Any], point_id: int | None) -> frozenset[str]:
    """Return the categories that have used up their quota, of a snapshot's list of speakers.

    point_id: of the point under discussion, on which a quota by point is spent.
    """
    spent = speakers["spoken"]["categories"]
    if speakers["quota_scope"] == QuotaScope.POINT:
        spent = speakers["spoken"]["points"].get(str(point_id), {})
    quotas = speakers["quotas"]
    return frozenset(name for name, most in quotas.items() if spent.get(name, 0) >= most)


def used_up_in(room: Mapping[str, Any]) -> frozenset[str]:
    """Return the categories that have used up their quota, of a room's snapshot."""
    current = next((point["id"] for point in room["agenda"] if point["state"] == "current"), None)
    return used_up(room["speakers"], current)


def _by_quota(group: Sequence[RaisedHand], history: FloorHistory) -> list[RaisedHand]:
    """Put last, in the same order, the hands of categories that have used up their quota."""
    return sorted(
        group, key=lambda hand: is_used_up(hand.hand_kind, hand.category, history.used_up)
    )


def room_queue(room: Mapping[str, Any]) -> list[int]:
    """Return the queue of a room's snapshot."""
    speakers = room["speakers"]
    hands = [
        RaisedHand(hand["id"], hand["person_id"], hand["category"], hand["hand_kind"])
        for hand in room["hands"]
    ]
    persons = {int(person_id): n for person_id, n in speakers["spoken"]["persons"].items()}
    history = FloorHistory(persons, speakers["last"], used_up_in(room))
    return queue(hands, speakers["ordering"], history, speakers["placed"])


def _first_come(
    group: Sequence[RaisedHand], _history: FloorHistory, _placed: Sequence[int]
) -> Sequence[RaisedHand]:
    return group


def _alternate(
    group: Sequence[RaisedHand], history: FloorHistory, _placed: Sequence[int]
) -> list[RaisedHand]:
    """Take the first hand of another category than the last speaker's, or else the first hand."""
    lines: dict[str, deque[RaisedHand]] = {}
    for hand in group:
        lines.setdefault(hand.category, deque()).append(hand)
    last = history.last
    ordered: list[RaisedHand] = []
    while len(ordered) < len(group):
        waiting = [line for line in lines.values() if line]
        others = [line for line in waiting if line[0].category != last]
        hand = min(others or waiting, key=lambda line: line[0].hand_id).popleft()
        ordered.append(hand)
        last = hand.category
    return ordered


def _least_spoken(
    group: Sequence[RaisedHand], history: FloorHistory, _placed: Sequence[int]
) -> list[RaisedHand]:
    return sorted(group, key=lambda hand: history.persons.get(hand.person_id, 0))


def _by_hand(
    group: Sequence[RaisedHand], _history: FloorHistory, placed: Sequence[int]
) -> list[RaisedHand]:
    """Take hands as placed, then those raised since, in the order of raising."""
    places = {hand_id: place for place, hand_id in enumerate(placed)}
    return sorted(group, key=lambda hand: places.get(hand.hand_id, len(places)))


_Order = Callable[[Sequence[RaisedHand], FloorHistory, Sequence[int]], Sequence[RaisedHand]]
_ORDERS: dict[str, _Order] = {
    SpeakingOrder.FIRST_COME: _first_come,
    SpeakingOrder.ALTERNATE: _alternate,
    SpeakingOrder.LEAST_SPOKEN: _least_spoken,
    SpeakingOrder.BY_HAND: _by_hand,
}
