"""Commands of statements of vote and notes to the record.

Every participant may have statements recorded, without the chair's consent. The chair may
hide the words of one and give a reason, as with questions; the minutes then say that it was
made, and why its words are missing.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotAllowed, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, acting_person
from consultazione.sittings.locking import (
    current_point,
    require_at,
    require_open,
    require_present,
    share_sitting,
)
from consultazione.sittings.models import Attendance, Sitting
from consultazione.sittings.polls.models import Ballot, Poll
from consultazione.sittings.record.events import (
    StatementHidden,
    StatementRecorded,
    StatementShown,
    StatementWithdrawn,
    notes_stream,
)
from consultazione.sittings.record.models import Statement, StatementKind, StatementState

# How many statements one person may have on one point.
MOST_OF_POINT = 3
# How many statements one person may make in one sitting, those withdrawn again included.
MOST_OF_SITTING = 60
_NOT_WITHDRAWN = (StatementState.MADE, StatementState.HIDDEN)


def make_statement(
    tx: Transaction, *, sitting_id: int, body: str, poll_id: int | None = None
) -> Statement:
    """Record a statement of the actor, who is present.

    poll_id: the poll that a statement of vote is about; None for a note to the record on the
    current point. Idempotent: returns the statement with the same words, if there is one.
    Locks the sitting FOR SHARE and the actor's attendance FOR UPDATE. Conflict if the actor is
    not present, has not voted in the poll (an abstention and a sealed ballot are votes), has
    MOST_OF_POINT statements on the point or has made MOST_OF_SITTING, or if the sitting is not
    open; NotFound if the sitting has no such poll.
    """
    sitting = share_sitting(tx, sitting_id)
    require_at(tx, Permission.MAKE_STATEMENT, sitting)
    require_open(sitting)
    attendance = require_present(tx, sitting.id)
    point_id = _point_of(tx, sitting, poll_id)
    _require_voted(tx, poll_id, attendance.person_id)
    own = select(Statement).where(
        Statement.sitting_id == sitting.id,
        Statement.person_id == attendance.person_id,
        Statement.point_id.is_not_distinct_from(point_id),
        Statement.state.in_(_NOT_WITHDRAWN),
    )
    existing = list(tx.session.scalars(own))
    for statement in existing:
        if (statement.body, statement.poll_id) == (body, poll_id):
            return statement
    if len(existing) >= MOST_OF_POINT:
        raise Conflict(_("You have made enough statements on this point: withdraw one first."))
    made = select(func.count()).select_from(Statement)
    made = made.filter_by(sitting_id=sitting.id, person_id=attendance.person_id)
    if (tx.session.scalar(made) or 0) >= MOST_OF_SITTING:
        raise Conflict(_("You have made as many statements as one person can in a sitting."))
    return _record_statement(tx, attendance, point_id, poll_id, body)


def withdraw_statement(tx: Transaction, *, statement_id: int) -> Statement:
    """Withdraw the actor's own statement; idempotent.

    Locks the statement FOR UPDATE. NotAllowed for somebody else's; Conflict if the sitting is
    not open.
    """
    statement, sitting = _lock_statement(tx, statement_id)
    require_at(tx, Permission.WITHDRAW_STATEMENT, sitting)
    require_open(sitting)
    if statement.person_id != acting_person(tx.actor):
        raise NotAllowed(_("This is somebody else's statement: only they can withdraw it."))
    if statement.state is not StatementState.WITHDRAWN:
        statement.state = StatementState.WITHDRAWN
        tx.record(notes_stream(sitting.id), StatementWithdrawn(statement_id=statement.id))
    return statement


def hide_statement(tx: Transaction, *, statement_id: int, reason: str) -> Statement:
    """Hide the words of a statement for a reason; idempotent for the same reason.

    Locks the statement FOR UPDATE. Conflict if it was withdrawn or the sitting is not open.
    """
    statement, sitting = _lock_statement(tx, statement_id)
    require_at(tx, Permission.HIDE_STATEMENT, sitting)
    require_open(sitting)
    _require_not_withdrawn(statement)
    if (statement.state, statement.reason) != (StatementState.HIDDEN, reason):
        statement.state, statement.reason = StatementState.HIDDEN, reason
        tx.record(
            notes_stream(sitting.id),
            StatementHidden(statement_id=statement.id, reason=FreeText(reason)),
        )
    return statement


def show_statement(tx: Transaction, *, statement_id: int) -> Statement:
    """Show the words of a hidden statement again; idempotent.

    Locks and errors as in `hide_statement`.
    """
    statement, sitting = _lock_statement(tx, statement_id)
    require_at(tx, Permission.SHOW_STATEMENT, sitting)
    require_open(sitting)
    _require_not_withdrawn(statement)
    if statement.state is StatementState.HIDDEN:
        statement.state, statement.reason = StatementState.MADE, None
        tx.record(notes_stream(sitting.id), StatementShown(statement_id=statement.id))
    return statement


def _point_of(tx: Transaction, sitting: Sitting, poll_id: int | None) -> int | None:
    """Return the point that a statement is on: the poll's, or else the current one."""
    if poll_id is None:
        point = current_point(tx, sitting.id)
        return None if point is None else point.id
    poll = tx.session.get(Poll, poll_id)
    if poll is None or poll.sitting_id != sitting.id:
        raise NotFound(_("There is no such poll."))
    return poll.point_id


def _require_voted(tx: Transaction, poll_id: int | None, person_id: int) -> None:
    if poll_id is not None and tx.session.get(Ballot, (poll_id, person_id)) is None:
        raise Conflict(
            _(
                "Only who has voted can explain their vote: vote first, or choose a note to the "
                "record."
            )
        )


def _record_statement(
    tx: Transaction, attendance: Attendance, point_id: int | None, poll_id: int | None, body: str
) -> Statement:
    statement = Statement(
        sitting_id=attendance.sitting_id,
        point_id=point_id,
        poll_id=poll_id,
        person_id=attendance.person_id,
        mandate_id=attendance.mandate_id,
        category=attendance.category,
        kind=StatementKind.NOTE if poll_id is None else StatementKind.VOTE,
        body=body,
        state=StatementState.MADE,
        made_at=tx.now,
    )
    tx.session.add(statement)
    tx.flush()
    tx.record(
        notes_stream(statement.sitting_id),
        StatementRecorded(
            statement_id=statement.id,
            statement_kind=statement.kind,
            point_id=point_id,
            poll_id=poll_id,
            person_id=statement.person_id,
            mandate_id=statement.mandate_id,
            category=statement.category,
            body=FreeText(body),
        ),
    )
    return statement


def _require_not_withdrawn(statement: Statement) -> None:
    if statement.state is StatementState.WITHDRAWN:
        raise Conflict(_("This statement has been withdrawn."))


def _lock_statement(tx: Transaction, statement_id: int) -> tuple[Statement, Sitting]:
    """Lock a statement FOR UPDATE, and its sitting FOR SHARE."""
    statement = tx.session.get(Statement, statement_id)
    if statement is None:
        raise NotFound(_("There is no such statement."))
    sitting = share_sitting(tx, statement.sitting_id)
    tx.session.refresh(statement, with_for_update=True)
    return statement, sitting
