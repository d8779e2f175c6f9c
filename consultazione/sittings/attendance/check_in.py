"""Queries of the desk: people to check in, by name or organisation, and those in the hall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, union
from sqlalchemy.orm import Session, contains_eager

from consultazione.people.models import Mandate, Organisation, Person, RoleGrant
from consultazione.people.queries import has_address
from consultazione.proposals.models import Proposal
from consultazione.sittings.floor.models import Hand, HandKind, HandState
from consultazione.sittings.models import Attendance, Sitting
from consultazione.sittings.places.models import Registration
from consultazione.sittings.quorums.headcount import is_there
from consultazione.tables.models import ThematicTable

LEAST_LETTERS = 3
MOST_FOUND = 20
MOST_IN_HALL = 100


def find_people(
    session: Session, words: str, *, zone_id: int, at: datetime
) -> list[tuple[Person, str | None]]:
    """Search persons by their name, by that of their organisation in the zone, or by address.

    By name those alone who have something to do with the zone (`is_known_in`), since accounts
    are common to all zones; anybody by their whole e-mail address, which they tell the desk.
    Returns each person once with an organisation they have a valid mandate of, or None,
    ordered by name. Returns nobody for fewer than LEAST_LETTERS letters, and at most
    MOST_FOUND rows.
    """
    if len(words) < LEAST_LETTERS:
        return []
    query = (
        select(Person, Organisation.name)
        .outerjoin(Mandate, (Mandate.person_id == Person.id) & Mandate.is_valid(at))
        .outerjoin(
            Organisation,
            (Organisation.id == Mandate.organisation_id) & (Organisation.zone_id == zone_id),
        )
        .where(or_(_named(words) & is_known_in(zone_id), _mandated(words), has_address(words)))
        .order_by(Person.display_name, Person.id, Mandate.id)
        .limit(MOST_FOUND)
    )
    rows = session.execute(query).all()
    # Reversed, so that each person keeps the first of their rows.
    by_person = {person.id: (person, organisation) for person, organisation in reversed(rows)}
    return list(reversed(by_person.values()))


def is_known_in(zone_id: int) -> ColumnElement[bool]:
    """Whether a person has, or had, something to do with a zone, as a condition of a query.

    A mandate of one of its organisations, a role in it, a proposal at one of its tables, an
    attendance there or a registration for the hall.
    """
    tables = select(ThematicTable.id).where(ThematicTable.zone_id == zone_id)
    mandated: Any = select(Mandate.person_id).join(
        Organisation, Organisation.id == Mandate.organisation_id
    )
    attended: Any = select(Attendance.person_id).join(Sitting, Sitting.id == Attendance.sitting_id)
    registered: Any = select(Registration.person_id).join(Registration.sitting)
    known = union(
        mandated.where(Organisation.zone_id == zone_id),
        select(RoleGrant.person_id).where(RoleGrant.zone_id == zone_id),
        select(Proposal.author_id).where(Proposal.table_id.in_(tables)),
        attended.where(Sitting.table_id.in_(tables)),
        registered.where(Sitting.table_id.in_(tables)),
    )
    return Person.id.in_(known)


@dataclass(frozen=True)
class InHall:
    """A person in the hall, the organisation they speak for, and their raised hand."""

    attendance: Attendance
    organisation: str | None
    hand: Hand | None


def people_in_hall(session: Session, sitting_id: int, words: str = "") -> list[InHall]:
    """Return those in the hall of a sitting now, by name, MOST_IN_HALL at most.

    Leaves out those online, and those whose name and organisation hold other words.
    """
    raised = (Hand.sitting_id == sitting_id) & (Hand.state == HandState.RAISED)
    query = (
        select(Attendance, Organisation.name, Hand)
        .join(Person, Person.id == Attendance.person_id)
        .outerjoin(Mandate, Mandate.id == Attendance.mandate_id)
        .outerjoin(Organisation, Organisation.id == Mandate.organisation_id)
        .outerjoin(Hand, (Hand.person_id == Attendance.person_id) & raised)
        .options(contains_eager(Attendance.person))
        .where(Attendance.sitting_id == sitting_id)
        .where(Attendance.left_at.is_(None), Attendance.in_hall)
        .order_by(Person.display_name, Attendance.id, Hand.id.desc())
        .limit(MOST_IN_HALL * len(HandKind))
    )
    if words:
        query = query.where(or_(_named(words), _mandated(words)))
    rows = (InHall(*row) for row in session.execute(query))
    return list({row.attendance.id: row for row in rows}.values())[:MOST_IN_HALL]


def count_in_hall(session: Session, sitting_id: int) -> int:
    """Return how many are in the hall of a sitting now."""
    query = select(func.count()).select_from(Attendance).where(is_there(sitting_id))
    return session.scalar(query.where(Attendance.in_hall)) or 0


def _named(words: str) -> ColumnElement[bool]:
    """A condition: words that a person's name holds."""
    return Person.display_name.icontains(words, autoescape=True)


def _mandated(words: str) -> ColumnElement[bool]:
    """A condition: words that the name of a person's organisation holds."""
    return Organisation.name.icontains(words, autoescape=True)
