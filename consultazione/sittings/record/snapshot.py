"""What is on the record of a sitting, ready for JSON: what all see, and what one alone does."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

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

# So many statements are shown to all, the newest; the others are counted, and in the minutes.
MOST_SHOWN = 30


def record_of(session: Session, sitting_id: int) -> RecordSnapshot:
    """The newest statements, how many there are and how many are hidden, and the commitments."""
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
    """The record as it travels on its own, with the names of those it speaks of."""
    record = record_of(session, sitting_id)
    return {"record": record, "people": names_at(session, sitting_id, persons_in(record))}


def persons_in(record: RecordSnapshot) -> set[int]:
    """The ids of the persons whom a record names."""
    persons = {row["person_id"] for row in record["statements"]}
    owners = {row["person_id"] for row in record["commitments"]}
    return {person_id for person_id in persons | owners if person_id is not None}


def own_statements(session: Session, sitting_id: int, person_id: int | None) -> list[OwnStatement]:
    """What somebody has put on the record, with what became of it."""
    query = (
        select(Statement)
        .filter_by(sitting_id=sitting_id, person_id=person_id)
        .where(Statement.state != StatementState.WITHDRAWN)
    )
    return [_own(one) for one in session.scalars(query.order_by(Statement.id))]


def hidden_statements(session: Session, sitting_id: int) -> list[OwnStatement]:
    """The statements whose words are left out, as who presides sees them."""
    query = select(Statement).filter_by(sitting_id=sitting_id, state=StatementState.HIDDEN)
    return [_own(one) for one in session.scalars(query.order_by(Statement.id))]


def organisations_at(session: Session, sitting_id: int, table_id: int) -> list[OrganisationRow]:
    """The organisations of a table, and those for whom somebody came, by name."""
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
    return [{"id": found, "name": name} for found, name in session.execute(query)]


def _newest(session: Session, sitting_id: int) -> list[StatementSnapshot]:
    query = (
        select(Statement)
        .filter_by(sitting_id=sitting_id, state=StatementState.MADE)
        .order_by(Statement.id.desc())
        .limit(MOST_SHOWN)
    )
    return [
        {
            "id": one.id,
            "kind": one.kind,
            "person_id": one.person_id,
            "point_id": one.point_id,
            "poll_id": one.poll_id,
            "body": one.body,
        }
        for one in session.scalars(query)
    ]


def _own(one: Statement) -> OwnStatement:
    return {
        "id": one.id,
        "kind": one.kind,
        "person_id": one.person_id,
        "poll_id": one.poll_id,
        "body": one.body,
        "state": one.state,
        "reason": one.reason,
        "made_at": one.made_at.astimezone(UTC).isoformat(),
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
            "id": one.id,
            "point_id": one.point_id,
            "body": one.body,
            "person_id": one.person_id,
            "organisation_id": one.organisation_id,
            "organisation": one.organisation.name if one.organisation else None,
            "due_on": one.due_on.isoformat(),
        }
        for one in session.scalars(query)
    ]
