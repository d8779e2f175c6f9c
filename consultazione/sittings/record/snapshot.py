"""The record of a sitting, ready for JSON: its public part and its private ones."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from consultazione.core import clock
from consultazione.people.models import Mandate, Organisation
from consultazione.sittings.models import Attendance
from consultazione.sittings.queries import names_at
from consultazione.sittings.record.models import (
    Commitment,
    CommitmentState,
    Statement,
    StatementState,
)
from consultazione.sittings.record.types import (
    CommitmentSnapshot,
    OrganisationRow,
    OwnStatement,
    RecordPart,
    RecordSnapshot,
    StatementSnapshot,
)
from consultazione.tables.models import Seat

# How many statements, the newest, everybody is shown; the rest are counted, and in the minutes.
MOST_SHOWN = 30
# How many of their own, or of those that were hidden, a person or the chair gets: the newest.
MOST_LISTED = 200


def record_of(session: Session, sitting_id: int) -> RecordSnapshot:
    """Return the newest statements, their count, the count of hidden ones, and commitments."""
    counted: Any = session.execute(
        select(Statement.state, func.count())
        .filter_by(sitting_id=sitting_id)
        .group_by(Statement.state)
    )
    counts = dict(iter(counted))
    return {
        "statements": _newest(session, sitting_id),
        "count": counts.get(StatementState.MADE, 0),
        "hidden": counts.get(StatementState.HIDDEN, 0),
        "commitments": _commitments(session, sitting_id),
    }


def record_frame(session: Session, sitting_id: int) -> RecordPart:
    """Return the record with the names of the persons in it, as a frame of its own."""
    record = record_of(session, sitting_id)
    return {"record": record, "people": names_at(session, sitting_id, persons_in(record))}


def persons_in(record: RecordSnapshot) -> set[int]:
    """Return the ids of the persons in a record."""
    persons = {row["person_id"] for row in record["statements"]}
    owners = {row["person_id"] for row in record["commitments"]}
    return {person_id for person_id in persons | owners if person_id is not None}


def own_statements(session: Session, sitting_id: int, person_id: int | None) -> list[OwnStatement]:
    """Return a person's statements but for withdrawn ones, with states; a visitor has none."""
    if person_id is None:
        return []
    query = (
        select(Statement)
        .filter_by(sitting_id=sitting_id, person_id=person_id)
        .where(Statement.state != StatementState.WITHDRAWN)
    )
    newest = query.order_by(Statement.id.desc()).limit(MOST_LISTED)
    return [_own(statement) for statement in session.scalars(newest)][::-1]


def hidden_statements(session: Session, sitting_id: int) -> list[OwnStatement]:
    """Return the hidden statements, as the chair sees them."""
    query = select(Statement).filter_by(sitting_id=sitting_id, state=StatementState.HIDDEN)
    newest = query.order_by(Statement.id.desc()).limit(MOST_LISTED)
    return [_own(statement) for statement in session.scalars(newest)][::-1]


def organisations_at(session: Session, sitting_id: int, table_id: int) -> list[OrganisationRow]:
    """Return the organisations of a table and those that attended, as `id` and `name`."""
    seated = select(Seat.organisation_id).where(Seat.table_id == table_id)
    came = (
        select(Mandate.organisation_id)
        .join(Attendance, Attendance.mandate_id == Mandate.id)
        .where(Attendance.sitting_id == sitting_id)
    )
    query = (
        select(Organisation.id, Organisation.name)
        .where(Organisation.id.in_(seated.union(came)))
        .order_by(Organisation.name, Organisation.id)
    )
    return [
        {"id": organisation_id, "name": name} for organisation_id, name in session.execute(query)
    ]


def _newest(session: Session, sitting_id: int) -> list[StatementSnapshot]:
    query = (
        select(Statement)
        .filter_by(sitting_id=sitting_id, state=StatementState.MADE)
        .order_by(Statement.id.desc())
        .limit(MOST_SHOWN)
    )
    return [
        {
            "id": statement.id,
            "kind": statement.kind,
            "person_id": statement.person_id,
            "point_id": statement.point_id,
            "poll_id": statement.poll_id,
            "body": statement.body,
        }
        for statement in session.scalars(query)
    ]


def _own(statement: Statement) -> OwnStatement:
    return {
        "id": statement.id,
        "kind": statement.kind,
        "person_id": statement.person_id,
        "poll_id": statement.poll_id,
        "body": statement.body,
        "state": statement.state,
        "reason": statement.reason,
        "made_at": clock.as_json(statement.made_at),
    }


def _commitments(session: Session, sitting_id: int) -> list[CommitmentSnapshot]:
    query = (
        select(Commitment)
        .options(joinedload(Commitment.organisation))
        .where(Commitment.sitting_id == sitting_id)
        .where(Commitment.state != CommitmentState.CANCELLED)
        .order_by(Commitment.due_on, Commitment.id)
    )
    return [
        {
            "id": commitment.id,
            "point_id": commitment.point_id,
            "body": commitment.body,
            "person_id": commitment.person_id,
            "organisation_id": commitment.organisation_id,
            "organisation": commitment.organisation.name if commitment.organisation else None,
            "due_on": commitment.due_on.isoformat(),
        }
        for commitment in session.scalars(query)
    ]
