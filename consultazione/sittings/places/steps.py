"""Steps of the places in the hall that several commands share."""

from __future__ import annotations

from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.sittings.models import Sitting
from consultazione.sittings.places.events import MovedUp, places_stream
from consultazione.sittings.places.models import Registration, RegistrationState
from consultazione.sittings.places.queries import hall_of


def change_places(tx: Transaction, sitting: Sitting, places: int | None) -> None:
    """Set how many places the hall has; who waits moves up, and nobody loses a place.

    places: None for no limit: then whoever waits has a place. The caller has locked the
    sitting FOR UPDATE, and records the number.
    """
    sitting.places = places
    move_up(tx, sitting)


def move_up(tx: Transaction, sitting: Sitting) -> None:
    """Give the free places to those who wait, the earliest first, and record it.

    The caller has locked the sitting FOR UPDATE.
    """
    tx.flush()
    query = select(Registration).filter_by(sitting_id=sitting.id, state=RegistrationState.WAITING)
    if sitting.places is not None:
        query = query.limit(hall_of(tx.session, sitting).free)
    for registration in tx.session.scalars(query.order_by(Registration.id)):
        registration.state = RegistrationState.PLACED
        registration.placed_at = tx.now
        moved = MovedUp(sitting_id=sitting.id, registration_id=registration.id)
        tx.record(places_stream(sitting.id), moved)
