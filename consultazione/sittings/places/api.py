"""REST: the places in the hall of a sitting, and registering for one."""

from __future__ import annotations

from flask.views import MethodView

from consultazione.core.permissions import Permission, require
from consultazione.sittings.attendance.roll import organisations_of
from consultazione.sittings.blueprint import rest
from consultazione.sittings.places.commands.registering import (
    register_for_hall,
    withdraw_from_hall,
)
from consultazione.sittings.places.models import Registration
from consultazione.sittings.places.queries import ReaderPlaces, places_of_reader, registrations
from consultazione.sittings.places.schemas import PlacesOut, RegisteredOut, RegistrationSchema
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.rest import offer_create, offer_post
from consultazione.web.request_db import actor, snapshot

_PLACES = "/sittings/<int:sitting_id>/places"

offer_create(
    f"{_PLACES}/registrations", register_for_hall, RegistrationSchema, "Register for the hall."
)
offer_post(
    f"{_PLACES}/registrations/<int:registration_id>/withdraw",
    withdraw_from_hall,
    "Withdraw a registration; the first who waits moves up.",
)


@rest.route(_PLACES)
class SittingPlaces(MethodView):
    """The places in the hall."""

    @rest.response(200, PlacesOut)
    @rest.alt_response(404, description="There is no such sitting.")
    def get(self, sitting_id: int) -> ReaderPlaces:
        """How many places there are and are taken, and what the reader has of them."""
        sitting, person_id = get_sitting(snapshot(), sitting_id), actor().person_id
        speaks_for = organisations_of(snapshot(), sitting, person_id)
        return places_of_reader(snapshot(), sitting, person_id, speaks_for)


@rest.route(f"{_PLACES}/list")
class PlacesList(MethodView):
    """Who is registered for the hall."""

    @rest.response(200, RegisteredOut(many=True))
    @rest.alt_response(403, description="Only who runs the sitting reads the names.")
    @rest.alt_response(404, description="There is no such sitting.")
    def get(self, sitting_id: int) -> list[Registration]:
        """Who has a place, then who waits, the earliest first; for who runs the sitting."""
        table = get_sitting(snapshot(), sitting_id).table
        require(actor(), Permission.READ_REGISTRATIONS, zone_id=table.zone_id, table_id=table.id)
        return registrations(snapshot(), sitting_id)
