"""The end of a sign-off: its deadline, what the deadline does, and the chair's act.

Each command locks the outcome FOR UPDATE, as every answer does: of an answer and an end at the
same moment one comes first, and the other is refused or finds its work done.
"""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.minutes.answers_due import check_due_on
from consultazione.outcomes.closing import close
from consultazione.outcomes.events import (
    OutcomeDeadlineSet,
    SignOffEnded,
    SilenceRecorded,
    outcome_stream,
)
from consultazione.outcomes.models import Answer, ClosedBy, Outcome, OutcomeState, Party


def set_outcome_deadline(tx: Transaction, *, outcome_id: int, due_on: date, reason: str) -> Outcome:
    """Set the last day on which unions can answer an outcome, with the reason.

    NotFound if there is no such outcome; Conflict if its sign-off is over or its deadline has
    passed; Invalid for a day that is not to come or is over a year away, for the day that stands
    already, and without a reason.
    """
    outcome = _open(tx, outcome_id, Permission.SET_OUTCOME_DEADLINE)
    if is_past(outcome.due_on, tx.today):
        raise Conflict(_("The deadline has passed: it cannot be moved any more."))
    check_due_on(due_on, tx.today)
    if due_on == outcome.due_on:
        raise Invalid.at("due_on", _("This is the last day already: choose another."))
    _check_reason(reason)
    moved = OutcomeDeadlineSet(
        outcome_id=outcome.id, due_on=due_on, was=outcome.due_on, reason=FreeText(reason)
    )
    outcome.due_on, outcome.due_reason = due_on, reason
    tx.record(outcome_stream(outcome.id), moved)
    return outcome


def close_outcome(tx: Transaction, *, outcome_id: int, reason: str) -> Outcome:
    """End the sign-off of an outcome by the chair's act, with the reason; it goes on to the plan.

    Who has not answered stays without an answer, which is another thing than silence at a
    deadline. NotFound if there is no such outcome; Conflict if its sign-off is over; Invalid
    without a reason.
    """
    outcome = _open(tx, outcome_id, Permission.CLOSE_OUTCOME)
    _check_reason(reason)
    outcome.closed_reason = reason
    ended = SignOffEnded(outcome_id=outcome.id, reason=FreeText(reason))
    tx.record(outcome_stream(outcome.id), ended)
    close(tx, outcome, ClosedBy.CHAIR)
    return outcome


def end_sign_off(tx: Transaction, *, outcome_id: int) -> bool:
    """Record silence as silence and close an outcome whose deadline has passed. Idempotent.

    False if there was nothing to do. NotFound if there is no such outcome.
    """
    outcome = _locked(tx, outcome_id, Permission.END_SIGN_OFF)
    if outcome.state is OutcomeState.CLOSED or not is_past(outcome.due_on, tx.today):
        return False
    for party in outcome.parties:
        if party.answer is None:
            _record_silence(tx, party)
    close(tx, outcome, ClosedBy.DEADLINE)
    return True


def is_past(due_on: date | None, today: date) -> bool:
    """True from the day after the last day on; without a last day never."""
    return due_on is not None and due_on < today


def _record_silence(tx: Transaction, party: Party) -> None:
    party.answer, party.answered_at = Answer.SILENT, tx.now
    silent = SilenceRecorded(outcome_id=party.outcome_id, organisation_id=party.organisation_id)
    tx.record(outcome_stream(party.outcome_id), silent)


def _open(tx: Transaction, outcome_id: int, permission: Permission) -> Outcome:
    outcome = _locked(tx, outcome_id, permission)
    if outcome.state is OutcomeState.CLOSED:
        raise Conflict(_("The sign-off of this outcome is over."))
    return outcome


def _locked(tx: Transaction, outcome_id: int, permission: Permission) -> Outcome:
    outcome = tx.session.get(Outcome, outcome_id, with_for_update={"of": Outcome})
    if outcome is None:
        raise NotFound(_("There is no such outcome."))
    table = outcome.minutes.sitting.table
    require(tx.actor, permission, zone_id=table.zone_id, table_id=table.id)
    return outcome


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid.at("reason", _("Write the reason: the unions will read it."))
