"""Statements of vote and notes to the record, which participants ask for in writing.

Whoever takes part may have their statement recorded: who presides does not admit it. Who
presides can leave its words out with a reason, as with questions; then the minutes say
that it was made, and why its words are missing.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

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
from consultazione.sittings.polls.models import Poll
from consultazione.sittings.record.events import (
    StatementHidden,
    StatementRecorded,
    StatementShown,
    StatementWithdrawn,
    notes_stream,
)
from consultazione.sittings.record.models import Statement, StatementKind, StatementState

# How many of one person's statements stand on one point.
MOST_OF_POINT = 3
_STANDING = (StatementState.MADE, StatementState.HIDDEN)


def make_statement(
    tx: Transaction, *, sitting_id: int, body: str, poll_id: int | None = None
) -> Statement:
    """The actor, who is present, has a statement recorded; harmless if it says the same.

    poll_id: the poll that a statement of vote is about; without one it is a note on the
    point under discussion. Conflict if too many of theirs stand on that point.
    """
    sitting = share_sitting(tx, sitting_id)
    require_at(tx, Permission.MAKE_STATEMENT, sitting)
    require_open(sitting)
    attendance = require_present(tx, sitting.id)
    point_id = _point_of(tx, sitting, poll_id)
    own = select(Statement).where(
        Statement.sitting_id == sitting.id,
        Statement.person_id == attendance.person_id,
        Statement.point_id.is_not_distinct_from(point_id),
        Statement.state.in_(_STANDING),
    )
    standing = list(tx.session.scalars(own))
    for statement in standing:
        if (statement.body, statement.poll_id) == (body, poll_id):
            return statement
    if len(standing) >= MOST_OF_POINT:
        raise Conflict(_("You have made enough statements on this point: withdraw one first."))
    return _make(tx, attendance, point_id, poll_id, body)


def withdraw_statement(tx: Transaction, *, statement_id: int) -> Statement:
    """The actor takes their statement back; harmless if it was."""
    statement, sitting = _locked(tx, statement_id)
    require_at(tx, Permission.WITHDRAW_STATEMENT, sitting)
    require_open(sitting)
    if statement.person_id != acting_person(tx.actor):
        raise NotAllowed(_("This is somebody else's statement: only they can withdraw it."))
    if statement.state is not StatementState.WITHDRAWN:
        statement.state = StatementState.WITHDRAWN
        tx.record(notes_stream(sitting.id), StatementWithdrawn(statement_id=statement.id))
    return statement


def hide_statement(tx: Transaction, *, statement_id: int, reason: str) -> Statement:
    """Leave the words of a statement out, and say why; harmless if so for this reason."""
    statement, sitting = _locked(tx, statement_id)
    require_at(tx, Permission.HIDE_STATEMENT, sitting)
    require_open(sitting)
    _require_standing(statement)
    if (statement.state, statement.reason) != (StatementState.HIDDEN, reason):
        statement.state, statement.reason = StatementState.HIDDEN, reason
        tx.record(
            notes_stream(sitting.id),
            StatementHidden(statement_id=statement.id, reason=FreeText(reason)),
        )
    return statement


def show_statement(tx: Transaction, *, statement_id: int) -> Statement:
    """Let the words of a statement stand after all; harmless if they do."""
    statement, sitting = _locked(tx, statement_id)
    require_at(tx, Permission.SHOW_STATEMENT, sitting)
    require_open(sitting)
    _require_standing(statement)
    if statement.state is StatementState.HIDDEN:
        statement.state, statement.reason = StatementState.MADE, None
        tx.record(notes_stream(sitting.id), StatementShown(statement_id=statement.id))
    return statement


def _point_of(tx: Transaction, sitting: Sitting, poll_id: int | None) -> int | None:
    """The point that a statement stands on: its poll's, else the one under discussion."""
    if poll_id is None:
        point = current_point(tx, sitting.id)
        return None if point is None else point.id
    poll = tx.session.get(Poll, poll_id)
    if poll is None or poll.sitting_id != sitting.id:
        raise NotFound(_("There is no such poll."))
    return poll.point_id


def _make(
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


def _require_standing(statement: Statement) -> None:
    if statement.state is StatementState.WITHDRAWN:
        raise Conflict(_("This statement has been withdrawn."))


def _locked(tx: Transaction, statement_id: int) -> tuple[Statement, Sitting]:
    """A statement that nobody else changes until the transaction ends; its sitting shared."""
    statement = tx.session.get(Statement, statement_id)
    if statement is None:
        raise NotFound(_("There is no such statement."))
    sitting = share_sitting(tx, statement.sitting_id)
    tx.session.refresh(statement, with_for_update=True)
    return statement, sitting
