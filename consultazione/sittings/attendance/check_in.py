"""The desk of a hall: whom it can let in, by name or organisation, and who is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, contains_eager

from consultazione.people.models import Mandate, Organisation, Person
from consultazione.sittings.floor.models import Hand, HandState
from consultazione.sittings.models import Attendance

LEAST_LETTERS = 3
MOST_FOUND = 20


def find_people(
    session: Session, words: str, *, zone_id: int, on: date
) -> list[tuple[Person, str | None]]:
    """Persons whose name, or whose organisation's in the zone, holds some words.

    Each with the organisation by whose mandate they were found, or which they have on
    that day; by name. Nobody for fewer than LEAST_LETTERS letters.
    """
    if len(words) < LEAST_LETTERS:
        return []
    query = (
        select(Person, Organisation.name)
        .outerjoin(Mandate, (Mandate.person_id == Person.id) & Mandate.is_valid(on))
        .outerjoin(
            Organisation,
            (Organisation.id == Mandate.organisation_id) & (Organisation.zone_id == zone_id),
        )
        .where(
            or_(
                Person.display_name.icontains(words, autoescape=True),
                Organisation.name.icontains(words, autoescape=True),
            )
        )
        .order_by(Person.display_name, Person.id, Mandate.id)
        .limit(MOST_FOUND)
    )
    found = {person.id: (person, name) for person, name in reversed(session.execute(query).all())}
    return list(reversed(found.values()))


@dataclass(frozen=True)
class InHall:
    """Somebody in the hall, for whom they came, and the request for the floor that is up."""

    attendance: Attendance
    organisation: str | None
    hand: Hand | None


def people_in_hall(session: Session, sitting_id: int) -> list[InHall]:
    """Who is in the hall of a sitting now, by name; who takes part online is not among them."""
    asks = (Hand.sitting_id == sitting_id) & (Hand.state == HandState.RAISED)
    query = (
        select(Attendance, Organisation.name, Hand)
        .join(Person, Person.id == Attendance.person_id)
        .outerjoin(Mandate, Mandate.id == Attendance.mandate_id)
        .outerjoin(Organisation, Organisation.id == Mandate.organisation_id)
        .outerjoin(Hand, (Hand.person_id == Attendance.person_id) & asks)
        .options(contains_eager(Attendance.person))
        .where(Attendance.sitting_id == sitting_id)
        .where(Attendance.left_at.is_(None), Attendance.in_hall)
        .order_by(Person.display_name, Attendance.id, Hand.id.desc())
    )
    rows = (InHall(*row) for row in session.execute(query))
    return list({one.attendance.id: one for one in rows}.values())
