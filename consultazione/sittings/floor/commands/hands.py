"""Commands that raise hands, one or many at a time, by the same rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _

from consultazione.core.actor import Actor
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Refusal
from consultazione.core.permissions import Permission, acting_person
from consultazione.people.queries import lock_valid
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
    require_mandate,
    require_open,
)
from consultazione.sittings.models import AgendaPoint, Attendance, Sitting


@dataclass(frozen=True)
class Request:
    """A request for the floor by one actor."""

    actor: Actor
    kind: HandKind = HandKind.FLOOR


def raise_hand(tx: Transaction, *, sitting_id: int, hand_kind: HandKind = HandKind.FLOOR) -> Hand:
    """Raise the actor's hand; idempotent: returns the open hand of that kind, if there is one.

    Locks as `raise_many`. Conflict if the actor is not present or has the floor, if the
    sitting is not open, or for a reply while nobody has the floor.
    """
    requests = [Request(tx.actor, hand_kind)]
    (answer,) = raise_many(tx, sitting_id=sitting_id, requests=requests)
    if isinstance(answer, Refusal):
        raise answer
    return answer


def raise_many(
    tx: Transaction, *, sitting_id: int, requests: Sequence[Request]
) -> list[Hand | Refusal]:
    """Raise many hands in the order given; return for each the hand or its refusal.

    A refused request does not affect the others. Locks the sitting FOR UPDATE, so that
    the log has hands in the order of their ids, then the actors' attendances and hands.
    NotFound if there is no such sitting.
    """
    context = _load_context(
        tx, sitting_id, [r.actor.person_id for r in requests if r.actor.person_id]
    )
    answers = [_try_raise(tx, context, request) for request in requests]
    _record_new(tx, context)
    return answers


def raise_hand_for(
    tx: Transaction, *, sitting_id: int, person_id: int, hand_kind: HandKind = HandKind.FLOOR
) -> Hand:
    """Raise the hand of somebody in the hall, on behalf of the desk; idempotent.

    The entry's actor is the one at the desk. Locks as `raise_many`. Conflict if the person
    is not in the hall.
    """
    context = _load_context(tx, sitting_id, [person_id])
    require_at(tx, Permission.RAISE_HAND_FOR, context.sitting)
    require_open(context.sitting)
    attendance = context.present.get(person_id)
    if attendance is None or not attendance.in_hall:
        raise Conflict(NOT_IN_HALL)
    hand = _raise_for(tx, context, attendance, hand_kind)
    _record_new(tx, context)
    return hand


@dataclass
class _Context:
    """What the requests of one batch are checked against, and the hands that they raised.

    present: attendances by person id. valid: ids of their mandates that are. hands: open hands
    by person id. new: hands not yet recorded, each with the actor who raised it.
    """

    sitting: Sitting
    point: AgendaPoint | None
    speaking: Hand | None
    present: dict[int, Attendance]
    valid: Collection[int]
    hands: defaultdict[int, list[Hand]]
    new: list[tuple[Actor, Hand]] = field(default_factory=list)


def _load_context(tx: Transaction, sitting_id: int, person_ids: list[int]) -> _Context:
    sitting = lock_sitting(tx, sitting_id)
    present = attendances_of(tx, sitting.id, person_ids, lock=True)
    valid = lock_valid(tx, {a.mandate_id for a in present.values()})
    hands: defaultdict[int, list[Hand]] = defaultdict(list)
    for hand in open_hands(tx, sitting.id, person_ids):
        hands[hand.person_id].append(hand)
    return _Context(
        sitting=sitting,
        point=current_point(tx, sitting.id),
        speaking=speaking_hand(tx, sitting.id),
        present=present,
        valid=valid,
        hands=hands,
    )


def _try_raise(tx: Transaction, context: _Context, request: Request) -> Hand | Refusal:
    try:
        with tx.acting_as(request.actor):
            return _raise_own(tx, context, request.kind)
    except Refusal as refusal:
        return refusal


def _raise_own(tx: Transaction, context: _Context, kind: HandKind) -> Hand:
    require_at(tx, Permission.RAISE_HAND, context.sitting)
    require_open(context.sitting)
    attendance = context.present.get(acting_person(tx.actor))
    if attendance is None:
        raise Conflict(NOT_PRESENT)
    return _raise_for(tx, context, attendance, kind)


def _raise_for(tx: Transaction, context: _Context, attendance: Attendance, kind: HandKind) -> Hand:
    require_mandate(attendance, context.valid)
    own = context.hands[attendance.person_id]
    for hand in own:
        if hand.kind is kind:
            return hand
        if hand.state is HandState.SPEAKING:
            raise Conflict(_("You have the floor: say it now."))
    own.append(_new_hand(tx, context, attendance, kind))
    context.new.append((tx.actor, own[-1]))
    return own[-1]


def _new_hand(tx: Transaction, context: _Context, attendance: Attendance, kind: HandKind) -> Hand:
    reply_to = context.speaking if kind is HandKind.REPLY else None
    if kind is HandKind.REPLY and reply_to is None:
        raise Conflict(_("Nobody has the floor: there is nobody to reply to."))
    hand = Hand(
        sitting_id=attendance.sitting_id,
        point_id=None if context.point is None else context.point.id,
        person_id=attendance.person_id,
        mandate_id=attendance.mandate_id,
        category=attendance.category,
        kind=kind,
        reply_to=None if reply_to is None else reply_to.id,
        state=HandState.RAISED,
        raised_at=tx.now,
    )
    tx.session.add(hand)
    return hand


def _record_new(tx: Transaction, context: _Context) -> None:
    tx.flush()  # gives all new hands their ids, in the order in which they were raised
    for actor, hand in context.new:
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
