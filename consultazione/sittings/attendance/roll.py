"""Reading the roll: whom a sitting expects, who came for whom, in whose name one comes in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.clock import in_rome
from consultazione.people.models import Mandate, Organisation, Person
from consultazione.people.queries import Voice, voices_of
from consultazione.sittings.attendance.marks import Came, Marked, mark_all
from consultazione.sittings.attendance.models import Excuse, Substitution
from consultazione.sittings.models import Attendance, Sitting
from consultazione.tables.models import Seat


@dataclass(frozen=True)
class Roll:
    """Those expected at a sitting with their marks, and what there is to know of each.

    delegates: the mandates of an organisation on the day, by organisation. substitutes: by
    mandate. excuses: by organisation and delegate, None for the organisation as a whole.
    """

    organisations: Mapping[int, Organisation]
    marks: list[Marked]
    delegates: Mapping[int, list[Mandate]]
    substitutes: Mapping[int, Person]
    excuses: Mapping[tuple[int, int | None], Excuse]

    def of(self, organisation_id: int) -> Marked | None:
        """The marks of one organisation; None if it is not expected."""
        return next((one for one in self.marks if one.organisation_id == organisation_id), None)


def day_of(sitting: Sitting) -> date:
    """The day on which mandates must be valid: that of the opening, else of the convocation."""
    return in_rome(sitting.opened_at or sitting.starts_at).date()


def roll_of(session: Session, sitting: Sitting) -> Roll:
    """Those expected at a sitting, by the organisation's name."""
    delegates = delegates_of(session, sitting)
    substitutions = session.scalars(
        select(Substitution)
        .options(joinedload(Substitution.person))
        .where(Substitution.sitting_id == sitting.id)
    )
    excuses = session.scalars(select(Excuse).where(Excuse.sitting_id == sitting.id))
    found = {(one.organisation_id, one.person_id): one for one in excuses}
    persons = {key: [one.person_id for one in held] for key, held in delegates.items()}
    seated = select(Organisation).where(Organisation.id.in_(delegates))
    return Roll(
        organisations={one.id: one for one in session.scalars(seated)},
        marks=mark_all(persons, came_to(session, sitting.id), found),
        delegates=delegates,
        substitutes={one.mandate_id: one.person for one in substitutions},
        excuses=found,
    )


def delegates_of(session: Session, sitting: Sitting) -> dict[int, list[Mandate]]:
    """The organisations with a seat at a sitting's table by name, each with its mandates."""
    valid = Mandate.is_valid(day_of(sitting))
    query = (
        select(Seat.organisation_id, Mandate)
        .join(Organisation, Organisation.id == Seat.organisation_id)
        .outerjoin(Mandate, (Mandate.organisation_id == Seat.organisation_id) & valid)
        .options(joinedload(Mandate.person))
        .where(Seat.table_id == sitting.table_id)
        .order_by(Organisation.name, Organisation.id, Mandate.id)
    )
    found: dict[int, list[Mandate]] = defaultdict(list)
    for organisation_id, mandate in session.execute(query):
        found[organisation_id] += [mandate] if mandate else []
    return dict(found)


def came_to(session: Session, sitting_id: int) -> list[Came]:
    """Who has come to a sitting for an organisation, each once."""
    query = (
        select(Mandate.organisation_id, Attendance.person_id, Mandate.person_id)
        .join(Mandate, Mandate.id == Attendance.mandate_id)
        .where(Attendance.sitting_id == sitting_id)
        .distinct()
        .order_by(Attendance.person_id, Mandate.organisation_id, Mandate.person_id)
    )
    return [Came(*row) for row in session.execute(query)]


def voices_at(
    session: Session, sitting: Sitting, person_ids: Collection[int], *, on: date
) -> dict[int, Voice]:
    """In whose name persons come into a sitting: as anywhere in the zone, or as substitutes.

    Who is a substitute speaks under the mandate of whom they stand for, while it is valid.
    """
    voices = voices_of(session, person_ids, zone_id=sitting.table.zone_id, on=on)
    query = (
        select(Substitution)
        .options(joinedload(Substitution.mandate).joinedload(Mandate.organisation))
        .where(Substitution.sitting_id == sitting.id, Substitution.person_id.in_(person_ids))
    )
    for one in session.scalars(query):
        if one.mandate.is_valid(on):
            voices[one.person_id] = Voice(one.mandate_id, one.mandate.organisation.category)
    return voices


def organisations_of(
    session: Session, sitting: Sitting, person_id: int | None
) -> list[Organisation]:
    """The organisations expected at a sitting whose delegate a person is."""
    query = (
        select(Organisation)
        .join(Seat, Seat.organisation_id == Organisation.id)
        .join(Mandate, Mandate.organisation_id == Organisation.id)
        .where(Seat.table_id == sitting.table_id, Mandate.person_id == person_id)
        .where(Mandate.is_valid(day_of(sitting)))
        .distinct()
        .order_by(Organisation.name)
    )
    return list(session.scalars(query))
