"""The days in which those who were at a sitting can ask for corrections of its draft."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.actor import Actor
from consultazione.core.errors import Conflict, NotAllowed
from consultazione.core.permissions import Permission
from consultazione.minutes.models import CorrectionState, Minutes, MinutesCorrection, MinutesState
from consultazione.sittings.attendance.queries import attended
from consultazione.sittings.secretaries import may_write
from consultazione.zones.models import ApprovalWay, Zone


def zone_of(session: Session, minutes: Minutes) -> Zone:
    """The zone of minutes, whose rules they follow."""
    return session.get_one(Zone, minutes.sitting.table.zone_id)


def is_circulated_in(zone: Zone) -> bool:
    """Whether drafts are put before those present in a zone, before they are approved."""
    by_table = (ApprovalWay.SILENCE, ApprovalWay.NEXT_SITTING)
    return zone.correction_days > 0 or zone.approval_way in by_table


def takes_requests(minutes: Minutes, today: date) -> bool:
    """Whether corrections of a draft can be asked today."""
    until = minutes.corrections_until
    return minutes.state is MinutesState.DRAFT and until is not None and today <= until


def is_over(minutes: Minutes, today: date) -> bool:
    """Whether the draft was before those present, and their days have ended."""
    return minutes.corrections_until is not None and minutes.corrections_until < today


def was_there(session: Session, minutes: Minutes, actor: Actor) -> bool:
    """Whether somebody may ask for corrections: they attended the sitting, or write its minutes."""
    if not actor.is_signed_in:
        return False
    if may_write(actor, Permission.WRITE_NOTE, minutes.sitting):
        return True
    return attended(session, minutes.sitting_id, actor.person_id)


def require_may_ask(session: Session, minutes: Minutes, actor: Actor, today: date) -> None:
    """NotAllowed for who was not at the sitting, Conflict outside the days for corrections."""
    if not was_there(session, minutes, actor):
        raise NotAllowed(_("Only those who were at the sitting ask for corrections."))
    if not takes_requests(minutes, today):
        raise Conflict(_("The days in which corrections can be asked are not running."))


def require_open(correction: MinutesCorrection) -> None:
    """Conflict once a request is decided or withdrawn."""
    if correction.state is not CorrectionState.OPEN:
        raise Conflict(_("This request has been decided."))


def open_requests(session: Session, minutes: Minutes) -> list[MinutesCorrection]:
    """The requests that nobody has decided yet."""
    query = select(MinutesCorrection).filter_by(minutes_id=minutes.id, state=CorrectionState.OPEN)
    return list(session.scalars(query.order_by(MinutesCorrection.id)))
