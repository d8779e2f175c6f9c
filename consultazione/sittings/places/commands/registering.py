"""Commands by which people register for the hall of a sitting, and say that they do not come."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import or_, select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotAllowed, NotFound
from consultazione.core.permissions import Permission, acting_person, may
from consultazione.people.queries import lock_mandate_for
from consultazione.sittings.admission import require_attending
from consultazione.sittings.locking import lock_sitting, require_at, require_not_closed
from consultazione.sittings.models import Sitting, SittingState
from consultazione.sittings.places.events import (
    RegisteredForHall,
    WithdrawnFromHall,
    places_stream,
)
from consultazione.sittings.places.models import Registration, RegistrationState
from consultazione.sittings.places.queries import ACTIVE, hall_of
from consultazione.sittings.places.steps import move_up
from consultazione.tables.models import Seat


def register_for_hall(
    tx: Transaction, *, sitting_id: int, organisation_id: int | None = None
) -> Registration:
    """Register the actor for the hall, or an organisation of which they are a delegate.

    They have a place if one is free and nobody waits, or else wait for one. Idempotent: returns
    the registration that the actor, or the organisation, has already. Locks the sitting FOR
    UPDATE and the mandate FOR SHARE. NotAllowed for whom the table's rule does not let attend,
    and for an organisation without a seat at the table or of which the actor is no delegate;
    Conflict if the places are not counted, once the sitting has begun or its day is past, or if
    the actor is registered for somebody else.
    """
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, Permission.REGISTER_FOR_HALL, sitting)
    person_id = acting_person(tx.actor)
    _require_registering(tx, sitting)
    require_attending(tx, sitting, person_id)
    if organisation_id is not None:
        _require_delegate(tx, sitting, person_id, organisation_id)
    existing = _existing(tx, sitting.id, person_id, organisation_id)
    return existing or _add(tx, sitting, person_id, organisation_id)


def withdraw_from_hall(tx: Transaction, *, sitting_id: int, registration_id: int) -> Registration:
    """Withdraw a registration; the first who waits moves up in the same transaction. Idempotent.

    Whoever registered withdraws, a delegate of the organisation it is for, or the desk, which
    they may have told. Locks the sitting FOR UPDATE. NotFound without such a registration,
    NotAllowed for others, Conflict once the sitting has begun.
    """
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, Permission.WITHDRAW_FROM_HALL, sitting)
    registration = tx.session.get(Registration, registration_id, populate_existing=True)
    if registration is None or registration.sitting_id != sitting.id:
        raise NotFound(_("Nobody is registered for the hall under this number."))
    _require_own(tx, sitting, registration)
    if registration.state is RegistrationState.WITHDRAWN:
        return registration
    _require_ahead(sitting)
    freed = registration.state is RegistrationState.PLACED
    registration.state, registration.withdrawn_at = RegistrationState.WITHDRAWN, tx.now
    withdrawn = WithdrawnFromHall(
        sitting_id=sitting.id, registration_id=registration.id, freed=freed
    )
    tx.record(places_stream(sitting.id), withdrawn)
    move_up(tx, sitting)
    return registration


def _add(
    tx: Transaction, sitting: Sitting, person_id: int, organisation_id: int | None
) -> Registration:
    hall = hall_of(tx.session, sitting)
    placed = hall.free > 0 and not hall.waiting
    registration = Registration(
        sitting_id=sitting.id,
        person_id=person_id,
        organisation_id=organisation_id,
        state=RegistrationState.PLACED if placed else RegistrationState.WAITING,
        registered_at=tx.now,
        placed_at=tx.now if placed else None,
    )
    tx.session.add(registration)
    tx.flush()
    registered = RegisteredForHall(
        sitting_id=sitting.id,
        registration_id=registration.id,
        person_id=person_id,
        organisation_id=organisation_id,
        placed=placed,
    )
    tx.record(places_stream(sitting.id), registered)
    return registration


def _existing(
    tx: Transaction, sitting_id: int, person_id: int, organisation_id: int | None
) -> Registration | None:
    """The registration that there is already; Conflict if the actor's is for somebody else."""
    same = Registration.person_id == person_id
    if organisation_id is not None:
        same = or_(same, Registration.organisation_id == organisation_id)
    query = select(Registration).where(Registration.sitting_id == sitting_id, same)
    found = list(tx.session.scalars(query.where(Registration.state.in_(ACTIVE))))
    for one in found:
        if one.organisation_id == organisation_id:
            return one
    if found:
        raise Conflict(
            _("You are registered for the hall already: withdraw that first, and register anew.")
        )
    return None


def _require_registering(tx: Transaction, sitting: Sitting) -> None:
    """Raise Conflict unless people can register for the hall now."""
    _require_ahead(sitting)
    if sitting.rehearses is not None:
        raise Conflict(_("This is a rehearsal: register for the sitting itself."))
    if sitting.was_not_held(tx.today):
        raise Conflict(_("The day of this sitting has passed: wait for another one."))
    if sitting.places is None:
        raise Conflict(_("The places in the hall are not counted: come without registering."))


def _require_ahead(sitting: Sitting) -> None:
    require_not_closed(sitting)
    if sitting.state is SittingState.OPEN:
        begun = _("The sitting has begun, and registration is closed: ask at the desk of the hall.")
        raise Conflict(begun)


def _require_delegate(
    tx: Transaction, sitting: Sitting, person_id: int, organisation_id: int
) -> None:
    """Lock the mandate by which a person registers an organisation; NotAllowed without one."""
    seat = select(Seat.table_id).filter_by(
        table_id=sitting.table_id, organisation_id=organisation_id
    )
    has_seat = tx.session.scalar(seat) is not None
    if not has_seat or lock_mandate_for(tx, person_id, organisation_id) is None:
        raise NotAllowed(
            _("Only a delegate of an organisation with a seat at the table registers it.")
        )


def _require_own(tx: Transaction, sitting: Sitting, registration: Registration) -> None:
    """Raise NotAllowed unless the actor answers for a registration."""
    person_id, organisation_id = acting_person(tx.actor), registration.organisation_id
    if registration.person_id == person_id:
        return
    table = sitting.table
    if may(tx.actor, Permission.READ_REGISTRATIONS, zone_id=table.zone_id, table_id=table.id):
        return
    if organisation_id is None or lock_mandate_for(tx, person_id, organisation_id) is None:
        raise NotAllowed(_("Only who registered, or who runs the sitting, can withdraw this."))
