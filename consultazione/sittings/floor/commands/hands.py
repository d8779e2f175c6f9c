"""Commands that raise hands, one or many at a time, by the same rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from consultazione.core.actor import Actor
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotAllowed, Refusal
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
from consultazione.sittings.voices import may_speak
from consultazione.tables.labels import refusal
from consultazione.tables.rules import Deed, rule_of

# A person takes down MOST_WITHDRAWN of their hands in one sitting; then, or within a PAUSE once
# it were EASY_WITHDRAWN, they raise no other, so that nobody fills the chronicle. Hands that got
# the floor do not count, since the chair gives it, and the desk is bound by neither.
MOST_WITHDRAWN = 30
EASY_WITHDRAWN = 6
PAUSE = timedelta(seconds=15)


@dataclass(frozen=True)
class Request:
    """A request for the floor by one actor."""

    actor: Actor
    kind: HandKind = HandKind.FLOOR


def raise_hand(tx: Transaction, *, sitting_id: int, hand_kind: HandKind = HandKind.FLOOR) -> Hand:
    """Raise the actor's hand; idempotent: returns the open hand of that kind, if there is one.

    Locks as `raise_many`. NotAllowed for whom the table's rule does not let speak. Conflict if the
    actor is not present or has the floor, if the
    sitting is not open, for a reply while nobody has the floor, or if the actor has taken down
    MOST_WITHDRAWN of their hands, or EASY_WITHDRAWN and one that was raised within the PAUSE.
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

    present: attendances by person id. valid: ids of their mandates that are. speakers: the ids of
    those whom the table's rule lets speak. hands: open hands
    by person id. new: hands not yet recorded, each with the actor who raised it. withdrawn: how
    many of their hands each person has taken down in the sitting, and when the last of those
    was raised.
    """

    sitting: Sitting
    point: AgendaPoint | None
    speaking: Hand | None
    present: dict[int, Attendance]
    valid: Collection[int]
    speakers: Collection[int]
    hands: defaultdict[int, list[Hand]]
    withdrawn: dict[int, tuple[int, datetime]]
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
        speakers=may_speak(tx.session, sitting, person_ids, at=tx.now),
        hands=hands,
        withdrawn=_withdrawn(tx, sitting.id, person_ids),
    )


def _withdrawn(
    tx: Transaction, sitting_id: int, person_ids: list[int]
) -> dict[int, tuple[int, datetime]]:
    """How many of their hands some persons have taken down, and when the last was raised."""
    query = (
        select(Hand.person_id, func.count(), func.max(Hand.raised_at))
        .where(Hand.sitting_id == sitting_id, Hand.person_id.in_(person_ids))
        .where(Hand.state == HandState.WITHDRAWN)
        .group_by(Hand.person_id)
    )
    return {person_id: (count, last) for person_id, count, last in tx.session.execute(query)}


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
    if all(hand.kind is not kind for hand in context.hands[attendance.person_id]):
        _require_moderation(tx, context, attendance.person_id)
    return _raise_for(tx, context, attendance, kind)


def _require_moderation(tx: Transaction, context: _Context, person_id: int) -> None:
    """Refuse one more hand to who has taken down too many, or one a moment ago."""
    count, last = context.withdrawn.get(person_id, (0, tx.now))
    if count >= MOST_WITHDRAWN:
        raise Conflict(
            _(
                "You have taken your hand down %(most)s times, as often as one person can in a "
                "sitting: ask in writing.",
                most=MOST_WITHDRAWN,
            )
        )
    if count >= EASY_WITHDRAWN and tx.now - last < PAUSE:
        raise Conflict(
            _("You have just asked for the floor: wait %(seconds)s seconds.", seconds=PAUSE.seconds)
        )


def _raise_for(tx: Transaction, context: _Context, attendance: Attendance, kind: HandKind) -> Hand:
    require_mandate(attendance, context.valid)
    if attendance.person_id not in context.speakers:
        raise NotAllowed(refusal(Deed.SPEAK, rule_of(context.sitting.table.rule).speak))
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
