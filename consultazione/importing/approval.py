"""Approves the minutes of a past sitting in the way of the zone, as a file tells of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from consultazione.core import clock
from consultazione.core.actor import SYSTEM
from consultazione.importing.context import Context
from consultazione.importing.faults import Fault, located
from consultazione.importing.items import MinutesItem
from consultazione.minutes.commands.approving import approve_minutes
from consultazione.minutes.commands.approving_together import approve_by_silence, endorse_minutes
from consultazione.minutes.commands.circulating import circulate_minutes
from consultazione.minutes.corrections.window import is_circulated_in
from consultazione.minutes.models import Minutes
from consultazione.zones.models import ApprovalWay

_DAYS_RUN = (
    "those who were at this sitting can still ask for corrections of its minutes: give it an "
    "earlier day, give the zone fewer correction_days, or leave its minutes out"
)
_AT_A_SITTING = (
    "in this zone the table approves minutes at a later sitting, which a file cannot tell: choose "
    "another approval_way, or leave the minutes out"
)
_TWO = "in this zone two persons approve minutes: say who did beside who wrote them"


def approve(context: Context, minutes: Minutes, item: MinutesItem, at: datetime) -> datetime:
    """Approve a draft that is complete at a moment, and return the moment of its approval.

    Those who were there have their days before. Fault if these are not over today, or if the
    file cannot tell what the zone wants.
    """
    zone, tx = context.zone, context.tx
    if zone.approval_way is ApprovalWay.NEXT_SITTING:
        raise Fault((), _AT_A_SITTING)
    if is_circulated_in(zone):
        with context.acting_as(item["by"], "by", at):
            circulate_minutes(tx, minutes_id=minutes.id, version=minutes.version)
        at = _after_the_days(context, minutes, at)
    if zone.approval_way is ApprovalWay.SILENCE:
        with tx.acting_as(SYSTEM, at=at):
            approve_by_silence(tx, minutes_id=minutes.id)
    elif zone.approval_way is ApprovalWay.CHAIR_AND_SECRETARY:
        _by_two(context, minutes, item, at)
    else:
        _by_the_chair(context, minutes, item, at)
    return at


def _after_the_days(context: Context, minutes: Minutes, at: datetime) -> datetime:
    """The day after the last one for corrections, at the hour of `at`; Fault if it is to come."""
    until = minutes.corrections_until
    assert until is not None
    ended = clock.at_rome(until + timedelta(days=1), clock.in_rome(at).time())
    if ended > context.tx.now:
        raise Fault((), _DAYS_RUN)
    return ended


def _by_the_chair(context: Context, minutes: Minutes, item: MinutesItem, at: datetime) -> None:
    place = "approved_by" if item["approved_by"] else "by"
    approver = context.acting_as(item["approved_by"] or item["by"], place, at)
    with approver, located((place,)):
        approve_minutes(context.tx, minutes_id=minutes.id, version=minutes.version)


def _by_two(context: Context, minutes: Minutes, item: MinutesItem, at: datetime) -> None:
    if item["approved_by"] in (None, item["by"]):
        raise Fault(("approved_by",), _TWO)
    for place, email in (("by", item["by"]), ("approved_by", item["approved_by"] or "")):
        with context.acting_as(email, place, at), located((place,)):
            endorse_minutes(context.tx, minutes_id=minutes.id, version=minutes.version)
