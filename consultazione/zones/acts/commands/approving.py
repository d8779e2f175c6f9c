"""Recording by which steps an act was approved."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _
from sqlalchemy.exc import IntegrityError

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.permissions import Permission
from consultazione.zones.acts.events import APPROVAL_DETAILS, ApprovalRecorded, ApprovalRemoved
from consultazione.zones.acts.locking import locked_act, step_of_act
from consultazione.zones.acts.models import ApprovalStep
from consultazione.zones.events import zone_stream
from consultazione.zones.models import Act


def record_approval(
    tx: Transaction,
    *,
    act_id: int,
    body: str,
    session_day: date,
    reference: str | None = None,
    deciding_act_id: int | None = None,
    demo: bool = False,
) -> ApprovalStep:
    """Record that a body has approved an act in its sitting of a day.

    deciding_act_id: the body's own act, if it stands in the register. Locks the act FOR UPDATE.
    NotFound if there is no such act; Invalid if the day is still to come or the other act is no
    other act of the cycle; Conflict if the step is recorded already.
    """
    act = locked_act(tx, act_id, Permission.RECORD_APPROVAL)
    if session_day > tx.today:
        raise Invalid.at("session_day", _("This day is still to come: record it once it is over."))
    _check_deciding(tx, act, deciding_act_id)
    step = ApprovalStep(
        act_id=act.id,
        body=body,
        session_day=session_day,
        reference=reference or None,
        deciding_act_id=deciding_act_id,
        demo=demo,
    )
    try:
        with tx.session.begin_nested():
            tx.session.add(step)
    except IntegrityError as error:
        raise Conflict(_("This approval is recorded already.")) from error
    tx.record(
        zone_stream(act.zone_id),
        ApprovalRecorded(
            step_id=step.id,
            act_id=act.id,
            session_day=session_day,
            details=APPROVAL_DETAILS.of(step),
        ),
    )
    return step


def strike_approval(tx: Transaction, *, step_id: int) -> Act:
    """Take out a step that was recorded by mistake, and return its act; the log keeps it.

    NotFound if there is no such step.
    """
    step, act = step_of_act(tx, step_id, Permission.STRIKE_APPROVAL)
    tx.session.delete(step)
    tx.record(zone_stream(act.zone_id), ApprovalRemoved(step_id=step_id, act_id=act.id))
    return act


def _check_deciding(tx: Transaction, act: Act, deciding_act_id: int | None) -> None:
    if deciding_act_id is None:
        return
    other = tx.session.get(Act, deciding_act_id)
    if other is None or other.cycle_id != act.cycle_id or other.id == act.id:
        raise Invalid.at("deciding_act_id", _("Choose another act of the same cycle."))
