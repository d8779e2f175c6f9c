"""Queries on the roll: whom a sitting expects, who came, and for which organisation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.log import EntryRow
from consultazione.people.models import Mandate, Organisation, Person
from consultazione.people.queries import Voice, voices_of
from consultazione.sittings.attendance.marks import Came, Marked, mark_all
from consultazione.sittings.attendance.models import Excuse
from consultazione.sittings.events import SittingClosed, sitting_stream
from consultazione.sittings.models import Attendance, Sitting, SittingState, Substitution
from consultazione.sittings.proxies.represented import given_in
from consultazione.tables.events import SeatGivenBack, SeatTaken, table_stream
from consultazione.tables.models import Seat
from consultazione.tables.queries import seated_ids


@dataclass(frozen=True)
class Roll:
    """The organisations expected at a sitting, with their marks, delegates and excuses.

    organisations, delegates: by organisation id; delegates are the mandates valid at `moment_of`.
    substitutes: by mandate id. excuses: by organisation id and the delegate's person id, which
    is None for an excuse of the whole organisation.
    """

    organisations: Mapping[int, Organisation]
    marks: list[Marked]
    delegates: Mapping[int, list[Mandate]]
    substitutes: Mapping[int, Person]
    excuses: Mapping[tuple[int, int | None], Excuse]

    def of(self, organisation_id: int) -> Marked | None:
        """Return the marks of one organisation; None if it is not expected."""
        return next((m for m in self.marks if m.organisation_id == organisation_id), None)


def moment_of(sitting: Sitting) -> datetime:
    """Return the moment at which mandates must be valid: the opening, or the planned start."""
    return sitting.opened_at or sitting.starts_at


def roll_of(session: Session, sitting: Sitting) -> Roll:
    """Return the roll of a sitting; its marks are in the order of the organisations' names."""
    delegates = delegates_of(session, sitting)
    substitutions = session.scalars(
        select(Substitution)
        .options(joinedload(Substitution.person))
        .where(Substitution.sitting_id == sitting.id)
    )
    excuses = session.scalars(select(Excuse).where(Excuse.sitting_id == sitting.id))
    excuses_by_person = {(excuse.organisation_id, excuse.person_id): excuse for excuse in excuses}
    persons = {key: [m.person_id for m in mandates] for key, mandates in delegates.items()}
    seated = select(Organisation).where(Organisation.id.in_(delegates))
    return Roll(
        organisations={organisation.id: organisation for organisation in session.scalars(seated)},
        marks=mark_all(
            persons, came_to(session, sitting.id), excuses_by_person, given_in(session, sitting)
        ),
        delegates=delegates,
        substitutes={s.mandate_id: s.person for s in substitutions},
        excuses=excuses_by_person,
    )


def delegates_of(session: Session, sitting: Sitting) -> dict[int, list[Mandate]]:
    """Return the mandates of the organisations with a seat at a sitting's table.

    By organisation id, in the order of the names; empty for organisations without a mandate
    that is valid at `moment_of`.
    """
    valid = Mandate.is_valid(moment_of(sitting))
    query = (
        select(Organisation.id, Mandate)
        .outerjoin(Mandate, (Mandate.organisation_id == Organisation.id) & valid)
        .options(joinedload(Mandate.person))
        .where(Organisation.id.in_(seated_at(session, sitting)))
        .order_by(Organisation.name, Organisation.id, Mandate.id)
    )
    mandates: dict[int, list[Mandate]] = defaultdict(list)
    for organisation_id, mandate in session.execute(query):
        mandates[organisation_id] += [mandate] if mandate else []
    return dict(mandates)


def seated_at(session: Session, sitting: Sitting) -> set[int]:
    """Return the ids of the organisations with a seat at a sitting's table.

    Of a closed sitting, those of its closing: what was taken and given back since is undone, in
    the order of the log, since an import closes sittings of long ago.
    """
    seated = seated_ids(session, sitting.table_id)
    if sitting.state is not SittingState.CLOSED:
        return seated
    closed = select(func.max(EntryRow.position)).where(
        EntryRow.stream == sitting_stream(sitting.id), EntryRow.kind == SittingClosed.kind
    )
    changes = select(EntryRow.kind, EntryRow.data["organisation_id"].as_integer()).where(
        EntryRow.stream == table_stream(sitting.table_id),
        EntryRow.kind.in_([SeatTaken.kind, SeatGivenBack.kind]),
        EntryRow.position > closed.scalar_subquery(),
    )
    for kind, organisation_id in session.execute(changes.order_by(EntryRow.position.desc())):
        (seated.discard if kind == SeatTaken.kind else seated.add)(organisation_id)
    return seated


def came_to(session: Session, sitting_id: int) -> list[Came]:
    """Return who came to a sitting for which organisation, each pair once."""
    query = (
        select(Mandate.organisation_id, Attendance.person_id, Mandate.person_id)
        .join(Mandate, Mandate.id == Attendance.mandate_id)
        .where(Attendance.sitting_id == sitting_id)
        .distinct()
        .order_by(Attendance.person_id, Mandate.organisation_id, Mandate.person_id)
    )
    return [Came(*row) for row in session.execute(query)]


def voices_at(
    session: Session, sitting: Sitting, person_ids: Collection[int], *, at: datetime
) -> dict[int, Voice]:
    """Return for whom persons speak at a sitting, by person id.

    As in the rest of the zone, but an organisation with a seat comes before others; and a
    substitute speaks under the mandate of the delegate they stand in for, while it is valid.
    """
    seated = seated_ids(session, sitting.table_id)
    voices = voices_of(session, person_ids, zone_id=sitting.table.zone_id, at=at, preferred=seated)
    query = (
        select(Substitution)
        .options(joinedload(Substitution.mandate).joinedload(Mandate.organisation))
        .where(Substitution.sitting_id == sitting.id, Substitution.person_id.in_(person_ids))
    )
    for substitution in session.scalars(query):
        mandate = substitution.mandate
        if mandate.is_valid(at):
            voices[substitution.person_id] = Voice(mandate.id, mandate.organisation.category)
    return voices


def organisations_of(
    session: Session, sitting: Sitting, person_id: int | None
) -> list[Organisation]:
    """Return the organisations expected at a sitting that have this person as a delegate."""
    query = (
        select(Organisation)
        .join(Seat, Seat.organisation_id == Organisation.id)
        .join(Mandate, Mandate.organisation_id == Organisation.id)
        .where(Seat.table_id == sitting.table_id, Mandate.person_id == person_id)
        .where(Mandate.is_valid(moment_of(sitting)))
        .distinct()
        .order_by(Organisation.name)
    )
    return list(session.scalars(query))
