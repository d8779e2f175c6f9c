"""Whom the desk of a hall can let in: accounts, found by name or by organisation."""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consultazione.people.models import Mandate, Organisation, Person

LEAST_LETTERS = 3
MOST_FOUND = 20


def found_people(
    session: Session, words: str, *, zone_id: int, on: date
) -> list[tuple[Person, str | None]]:
    """Persons whose name, or whose organisation's in the zone, holds some words.

    Each with the organisation by whose mandate they were found, or which they have on
    that day; by name. Nobody for fewer than LEAST_LETTERS letters.
    """
    if len(words) < LEAST_LETTERS:
        return []
    valid = (Mandate.starts_on <= on) & or_(Mandate.ends_on.is_(None), Mandate.ends_on >= on)
    query = (
        select(Person, Organisation.name)
        .outerjoin(Mandate, (Mandate.person_id == Person.id) & valid)
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
