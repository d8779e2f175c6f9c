"""Asking for the floor, one or many at a time: the rule for each stands here once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _

from consultazione.core.actor import Actor
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Refusal
from consultazione.core.permissions import Permission, acting_person
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.floor.events import HandRaised
from consultazione.sittings.floor.locking import NOT_IN_HALL, open_hands, speaking_hand
from consultazione.sittings.floor.models import Hand, HandKind, HandState
from consultazione.sittings.locking import (
    NOT_PRESENT,
    attendances_of,
    current_point,
    lock_sitting,
    require_at,
    require_open,
)
from consultazione.sittings.models import AgendaPoint, Attendance, Sitting


@dataclass(frozen=True)
class Request:
    """Who asks for the floor, and what for."""

    actor: Actor
    kind: HandKind = HandKind.FLOOR


def raise_hand(tx: Transaction, *, sitting_id: int, hand_kind: HandKind = HandKind.FLOOR) -> Hand:
    """The actor, who is present, asks for the floor; harmless if they have asked for it so.

    A reply is to who has the floor: Conflict if nobody else has.
    """
    requests = [Request(tx.actor, hand_kind)]
    (answer,) = raise_many(tx, sitting_id=sitting_id, requests=requests)
    if isinstance(answer, Refusal):
        raise answer
    return answer


def raise_many(
    tx: Transaction, *, sitting_id: int, requests: Sequence[Request]
) -> list[Hand | Refusal]:
    """Many ask for the floor, in the order given; one that is refused spoils no other.

    The sitting is held alone, so that hands stand in the log in the order of their ids.
    Returns for each their hand or why not; NotFound if there is no such sitting.
    """
    asking = _asking(tx, sitting_id, [r.actor.person_id for r in requests if r.actor.person_id])
    answers = [_answer(tx, asking, request) for request in requests]
    _record_new(tx, asking)
    return answers


def raise_hand_for(
    tx: Transaction, *, sitting_id: int, person_id: int, hand_kind: HandKind = HandKind.FLOOR
) -> Hand:
    """Somebody in the hall asks for the floor; harmless if they have asked for it so.

    The entry names who raised it for them. Conflict for who is not in the hall.
    """
    asking = _asking(tx, sitting_id, [person_id])
    require_at(tx, Permission.RAISE_HAND_FOR, asking.sitting)
    require_open(asking.sitting)
    attendance = asking.present.get(person_id)
    if attendance is None or not attendance.in_hall:
        raise Conflict(NOT_IN_HALL)
    hand = _ask(tx, asking, attendance, hand_kind)
    _record_new(tx, asking)
    return hand


@dataclass
class _Asking:
    """A sitting, what those who ask for its floor have to do with it, and the new hands."""

    sitting: Sitting
    point: AgendaPoint | None
    speaking: Hand | None
    present: dict[int, Attendance]
    hands: defaultdict[int, list[Hand]]
    new: list[tuple[Actor, Hand]] = field(default_factory=list)


def _asking(tx: Transaction, sitting_id: int, persons: list[int]) -> _Asking:
    sitting = lock_sitting(tx, sitting_id)
    present = attendances_of(tx, sitting.id, persons, alone=True)
    hands: defaultdict[int, list[Hand]] = defaultdict(list)
    for hand in open_hands(tx, sitting.id, persons):
        hands[hand.person_id].append(hand)
    return _Asking(
        sitting=sitting,
        point=current_point(tx, sitting.id),
        speaking=speaking_hand(tx, sitting.id),
        present=present,
        hands=hands,
    )


def _answer(tx: Transaction, asking: _Asking, request: Request) -> Hand | Refusal:
    try:
        with tx.acting_as(request.actor):
            return _raise(tx, asking, request.kind)
    except Refusal as refusal:
        return refusal


def _raise(tx: Transaction, asking: _Asking, kind: HandKind) -> Hand:
    require_at(tx, Permission.RAISE_HAND, asking.sitting)
    require_open(asking.sitting)
    attendance = asking.present.get(acting_person(tx.actor))
    if attendance is None:
        raise Conflict(NOT_PRESENT)
    return _ask(tx, asking, attendance, kind)


def _ask(tx: Transaction, asking: _Asking, attendance: Attendance, kind: HandKind) -> Hand:
    own = asking.hands[attendance.person_id]
    for hand in own:
        if hand.kind is kind:
            return hand
        if hand.state is HandState.SPEAKING:
            raise Conflict(_("You have the floor: say it now."))
    own.append(_new(tx, asking, attendance, kind))
    asking.new.append((tx.actor, own[-1]))
    return own[-1]


def _new(tx: Transaction, asking: _Asking, attendance: Attendance, kind: HandKind) -> Hand:
    answered = asking.speaking if kind is HandKind.REPLY else None
    if kind is HandKind.REPLY and answered is None:
        raise Conflict(_("Nobody has the floor: there is nobody to reply to."))
    hand = Hand(
        sitting_id=attendance.sitting_id,
        point_id=None if asking.point is None else asking.point.id,
        person_id=attendance.person_id,
        mandate_id=attendance.mandate_id,
        category=attendance.category,
        kind=kind,
        reply_to=None if answered is None else answered.id,
        state=HandState.RAISED,
        raised_at=tx.now,
    )
    tx.session.add(hand)
    return hand


def _record_new(tx: Transaction, asking: _Asking) -> None:
    tx.flush()  # all new hands get their ids, in the order in which they were raised
    for actor, hand in asking.new:
        with tx.acting_as(actor):
            _record(tx, hand)


def _record(tx: Transaction, hand: Hand) -> None:
    tx.record(
        sitting_stream(hand.sitting_id),
        HandRaised(
            hand_id=hand.id,
            point_id=hand.point_id,
            person_id=hand.person_id,
            mandate_id=hand.mandate_id,
            category=hand.category,
            hand_kind=hand.kind,
            reply_to=hand.reply_to,
        ),
    )
