"""Commands of commitments: make, revise and cancel in the sitting, complete afterwards."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission
from consultazione.people.models import Organisation
from consultazione.sittings.attendance.queries import attended
from consultazione.sittings.locking import (
    current_point,
    lock_sitting,
    require_at,
    require_open,
    share_sitting,
)
from consultazione.sittings.models import Sitting, SittingState
from consultazione.sittings.record.commitments import may_complete
from consultazione.sittings.record.events import (
    CommitmentCancelled,
    CommitmentCompleted,
    CommitmentRecorded,
    CommitmentRevised,
    notes_stream,
)
from consultazione.sittings.record.models import Commitment, CommitmentState
from consultazione.tables.events import table_stream

# How many commitments one sitting can have.
MOST_COMMITMENTS = 50
# What is undertaken, by which person or organisation (its id), and until when.
_Terms = tuple[str, int | None, int | None, date]


def make_commitment(
    tx: Transaction,
    *,
    sitting_id: int,
    body: str,
    due_on: date,
    person_id: int | None = None,
    organisation_id: int | None = None,
) -> Commitment:
    """Record what a person or an organisation undertakes until a day, on the current point.

    Idempotent: returns the open commitment with the same terms, if there is one. Locks the
    sitting FOR UPDATE. Invalid unless there is one owner, a person who attended or an
    organisation of the zone, and the day is not past. Conflict if the sitting is not open or
    has MOST_COMMITMENTS.
    """
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, Permission.MAKE_COMMITMENT, sitting)
    require_open(sitting)
    _check_owner_and_day(tx, sitting, person_id, organisation_id, due_on)
    existing = _open_on_terms(tx, sitting.id, (body, person_id, organisation_id, due_on))
    if existing is not None:
        return existing
    if _count(tx, sitting.id) >= MOST_COMMITMENTS:
        raise Conflict(_("This sitting has many commitments already: put some of them together."))
    point = current_point(tx, sitting.id)
    commitment = Commitment(
        sitting_id=sitting.id,
        point_id=None if point is None else point.id,
        body=body,
        person_id=person_id,
        organisation_id=organisation_id,
        due_on=due_on,
        state=CommitmentState.OPEN,
    )
    _record(tx, commitment)
    return commitment


def revise_commitment(
    tx: Transaction,
    *,
    commitment_id: int,
    body: str,
    due_on: date,
    person_id: int | None = None,
    organisation_id: int | None = None,
) -> Commitment:
    """Change what is undertaken, by whom or until when, while the sitting is open; idempotent.

    Locks the sitting FOR SHARE and the commitment FOR UPDATE. Invalid as in
    `make_commitment`; Conflict if it was cancelled or the sitting is not open.
    """
    commitment, sitting = _lock_commitment(tx, commitment_id)
    require_at(tx, Permission.REVISE_COMMITMENT, sitting)
    require_open(sitting)
    if commitment.state is CommitmentState.CANCELLED:
        raise Conflict(_("This commitment has been struck out."))
    if _terms(commitment) == (body, person_id, organisation_id, due_on):
        return commitment
    _check_owner_and_day(tx, sitting, person_id, organisation_id, due_on)
    commitment.body, commitment.due_on = body, due_on
    commitment.person_id, commitment.organisation_id = person_id, organisation_id
    tx.record(
        notes_stream(sitting.id),
        CommitmentRevised(
            commitment_id=commitment.id,
            body=FreeText(body),
            person_id=person_id,
            organisation_id=organisation_id,
            due_on=due_on,
        ),
    )
    return commitment


def cancel_commitment(tx: Transaction, *, commitment_id: int) -> Commitment:
    """Cancel a commitment while the sitting is open; idempotent.

    Locks the sitting FOR SHARE and the commitment FOR UPDATE. Conflict if it is not open.
    """
    commitment, sitting = _lock_commitment(tx, commitment_id)
    require_at(tx, Permission.CANCEL_COMMITMENT, sitting)
    require_open(sitting)
    if commitment.state is not CommitmentState.CANCELLED:
        commitment.state = CommitmentState.CANCELLED
        tx.record(notes_stream(sitting.id), CommitmentCancelled(commitment_id=commitment.id))
    return commitment


def complete_commitment(tx: Transaction, *, commitment_id: int) -> Commitment:
    """Mark a commitment of a closed sitting as done; idempotent.

    Allowed for its owner, for a delegate of the organisation that owns it, and for
    facilitators of the table; NotAllowed for others. Locks the sitting FOR SHARE and the
    commitment FOR UPDATE. Conflict if it was cancelled or the sitting is not closed.
    """
    commitment, sitting = _lock_commitment(tx, commitment_id)
    require_at(tx, Permission.COMPLETE_COMMITMENT, sitting)
    if not may_complete(tx.session, tx.actor, commitment, at=tx.now):
        raise NotAllowed(
            _("Only whoever undertook it, or who runs the table, says that it is done.")
        )
    if sitting.state is not SittingState.CLOSED:
        raise Conflict(_("The sitting is going on: this is marked as done after its closing."))
    if commitment.state is CommitmentState.CANCELLED:
        raise Conflict(_("This commitment has been struck out."))
    if commitment.state is CommitmentState.OPEN:
        commitment.state, commitment.done_at = CommitmentState.DONE, tx.now
        tx.record(
            table_stream(sitting.table_id),
            CommitmentCompleted(commitment_id=commitment.id, sitting_id=sitting.id),
        )
    return commitment


def _check_owner_and_day(
    tx: Transaction,
    sitting: Sitting,
    person_id: int | None,
    organisation_id: int | None,
    due_on: date,
) -> None:
    """Raise Invalid unless there is one owner, who attended or is of the zone, and time left."""
    if (person_id is None) == (organisation_id is None):
        raise Invalid.at("owner", _("Choose one person, or one organisation."))
    if person_id is not None and not attended(tx.session, sitting.id, person_id):
        raise Invalid.at("person_id", _("Choose somebody who is at the sitting."))
    if organisation_id is not None:
        organisation = tx.session.get(Organisation, organisation_id)
        if organisation is None or organisation.zone_id != sitting.table.zone_id:
            raise Invalid.at("organisation_id", _("Choose an organisation of the register."))
    if due_on < tx.today:
        raise Invalid.at("due_on", _("Choose a day that is not past."))


def _record(tx: Transaction, commitment: Commitment) -> None:
    """Store and record a new commitment."""
    tx.session.add(commitment)
    tx.flush()
    tx.record(
        notes_stream(commitment.sitting_id),
        CommitmentRecorded(
            commitment_id=commitment.id,
            point_id=commitment.point_id,
            body=FreeText(commitment.body),
            person_id=commitment.person_id,
            organisation_id=commitment.organisation_id,
            due_on=commitment.due_on,
        ),
    )


def _open_on_terms(tx: Transaction, sitting_id: int, terms: _Terms) -> Commitment | None:
    """Return the open commitment of a sitting with these terms; None if there is none."""
    query = select(Commitment).filter_by(sitting_id=sitting_id, state=CommitmentState.OPEN)
    return next((c for c in tx.session.scalars(query) if _terms(c) == terms), None)


def _terms(commitment: Commitment) -> _Terms:
    """Return what is undertaken, by whom and until when."""
    return (
        commitment.body,
        commitment.person_id,
        commitment.organisation_id,
        commitment.due_on,
    )


def _count(tx: Transaction, sitting_id: int) -> int:
    query = select(func.count()).where(
        Commitment.sitting_id == sitting_id, Commitment.state != CommitmentState.CANCELLED
    )
    return tx.session.scalar(query) or 0


def _lock_commitment(tx: Transaction, commitment_id: int) -> tuple[Commitment, Sitting]:
    """Lock a commitment FOR UPDATE, and its sitting FOR SHARE."""
    commitment = tx.session.get(Commitment, commitment_id)
    if commitment is None:
        raise NotFound(_("There is no such commitment."))
    sitting = share_sitting(tx, commitment.sitting_id)
    tx.session.refresh(commitment, with_for_update=True)
    return commitment, sitting
