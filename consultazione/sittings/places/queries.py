"""Queries on the places in the hall: how many are taken, who has one, and who waits."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from consultazione.core import clock
from consultazione.people.models import Organisation, Person
from consultazione.sittings.models import Attendance, Sitting, SittingState
from consultazione.sittings.places.models import Registration, RegistrationState
from consultazione.tables.models import ThematicTable

_PLACED = RegistrationState.PLACED
_WAITING = RegistrationState.WAITING
ACTIVE = (_PLACED, _WAITING)


@dataclass(frozen=True)
class Hall:
    """How many places a hall has (None without a limit), how many are taken, and who waits."""

    places: int | None
    taken: int
    waiting: int

    @property
    def free(self) -> int:
        """How many can still get a place; 0 too while more have one than there are."""
        return 0 if self.places is None else max(0, self.places - self.taken)

    @property
    def beyond(self) -> int:
        """How many have a place beyond those that there are, since the number was lowered."""
        return 0 if self.places is None else max(0, self.taken - self.places)


@dataclass(frozen=True)
class Own:
    """A registration of the reader, or of an organisation of theirs.

    turn: which one they are on the waiting list; None for who has a place.
    """

    registration: Registration
    turn: int | None


@dataclass(frozen=True)
class ReaderPlaces:
    """The hall as one reader sees it.

    own: registrations of theirs. by_self: whether they can still register for themselves.
    organisations: for which they can.
    """

    hall: Hall
    own: Sequence[Own]
    by_self: bool
    organisations: Sequence[Organisation]


def hall_of(session: Session, sitting: Sitting) -> Hall:
    """Return how the places of a sitting's hall stand."""
    query = (
        select(Registration.state, func.count())
        .where(Registration.sitting_id == sitting.id, Registration.state.in_(ACTIVE))
        .group_by(Registration.state)
    )
    counts = {state: int(number) for state, number in session.execute(query)}
    return Hall(sitting.places, counts.get(_PLACED, 0), counts.get(_WAITING, 0))


def takes_registrations(sitting: Sitting) -> bool:
    """True while people can register for the hall: its places are counted, and it is to come."""
    return sitting.places is not None and is_ahead(sitting)


def is_ahead(sitting: Sitting) -> bool:
    """True until a sitting is opened, cancelled, or not held on its day."""
    return sitting.state is SittingState.CONVENED and not sitting.was_not_held(clock.today())


def places_of_reader(
    session: Session,
    sitting: Sitting,
    person_id: int | None,
    speaks_for: Sequence[Organisation],
) -> ReaderPlaces:
    """Return the hall, and for whom a person is or can be registered.

    speaks_for: the organisations with a seat at the table whose delegate they are.
    """
    hall = hall_of(session, sitting)
    if person_id is None or sitting.rehearses is not None:
        return ReaderPlaces(hall, [], False, [])
    ids = [organisation.id for organisation in speaks_for]
    own = [_with_turn(session, one) for one in own_registrations(session, sitting, person_id, ids)]
    is_registered = any(one.registration.person_id == person_id for one in own)
    taken = {one.registration.organisation_id for one in own}
    may_add = takes_registrations(sitting) and not is_registered
    return ReaderPlaces(
        hall,
        own,
        by_self=may_add,
        organisations=[one for one in speaks_for if may_add and one.id not in taken],
    )


def own_registrations(
    session: Session, sitting: Sitting, person_id: int, organisation_ids: Collection[int]
) -> list[Registration]:
    """Return the registrations of a person and of some organisations, the earliest first."""
    theirs = or_(
        Registration.person_id == person_id, Registration.organisation_id.in_(organisation_ids)
    )
    query = _active(sitting.id).where(theirs)
    return list(session.scalars(query.order_by(Registration.id)))


def registrations(session: Session, sitting_id: int) -> list[Registration]:
    """Return who is registered: first who has a place, then who waits, the earliest first."""
    query = _active(sitting_id).order_by((Registration.state == _WAITING), Registration.id)
    return list(session.scalars(query))


def placed_to_come(session: Session, sitting_id: int) -> list[Registration]:
    """Return who has a place in the hall and is not there yet, by name.

    Who registered for an organisation may be somebody else than who comes for it.
    """
    there = select(Attendance.person_id).where(
        Attendance.sitting_id == sitting_id, Attendance.left_at.is_(None), Attendance.in_hall
    )
    query = (
        _active(sitting_id)
        .join(Registration.person)
        .where(Registration.state == _PLACED, Registration.person_id.not_in(there))
        .order_by(Person.display_name, Registration.id)
    )
    return list(session.scalars(query))


def moved_up(session: Session, cycle_id: int, person_id: int) -> list[Registration]:
    """Return the places that a person has got from the waiting list, in sittings to come."""
    later: ColumnElement[bool] = Registration.placed_at > Registration.registered_at
    query = (
        select(Registration)
        .join(Registration.sitting)
        .join(Sitting.table)
        .options(joinedload(Registration.sitting))
        .where(ThematicTable.cycle_id == cycle_id, Sitting.state == SittingState.CONVENED)
        .where(Registration.person_id == person_id, Registration.state == _PLACED, later)
        .order_by(Sitting.starts_at, Registration.id)
    )
    return [one for one in session.scalars(query) if is_ahead(one.sitting)]


def _with_turn(session: Session, registration: Registration) -> Own:
    if registration.state is not _WAITING:
        return Own(registration, None)
    query = select(func.count()).where(
        Registration.sitting_id == registration.sitting_id,
        Registration.state == _WAITING,
        Registration.id <= registration.id,
    )
    return Own(registration, session.scalar(query))


def _active(sitting_id: int) -> Select[Registration]:
    return (
        select(Registration)
        .options(joinedload(Registration.person), joinedload(Registration.organisation))
        .where(Registration.sitting_id == sitting_id, Registration.state.in_(ACTIVE))
    )
