"""Schemas of the places in the hall."""

from __future__ import annotations

from marshmallow import Schema, fields

from consultazione.sittings.places.models import RegistrationState
from consultazione.web.fields import Whole

MOST_PLACES = 10_000


class Places(Whole):
    """How many places a hall has; empty or null for no limit."""

    def __init__(self) -> None:
        super().__init__(most=MOST_PLACES, load_default=None, allow_none=True)


class RegistrationSchema(Schema):
    """For whom a place is asked: an organisation, or the person themselves for null."""

    organisation_id = Whole(load_default=None, allow_none=True)


class RegistrationOut(Schema):
    """A registration for the hall; `turn` is the place on the waiting list, null with a place."""

    id = fields.Integer(attribute="registration.id")
    organisation_id = fields.Integer(attribute="registration.organisation_id", allow_none=True)
    state = fields.Enum(RegistrationState, by_value=True, attribute="registration.state")
    registered_at = fields.AwareDateTime(attribute="registration.registered_at")
    placed_at = fields.AwareDateTime(attribute="registration.placed_at", allow_none=True)
    turn = fields.Integer(allow_none=True)


class PlacesOut(Schema):
    """The places in the hall; `own` are the reader's registrations and their organisations'."""

    places = fields.Integer(attribute="hall.places", allow_none=True)
    taken = fields.Integer(attribute="hall.taken")
    free = fields.Integer(attribute="hall.free")
    waiting = fields.Integer(attribute="hall.waiting")
    own = fields.List(fields.Nested(RegistrationOut))


class RegisteredOut(Schema):
    """Who is registered, for who runs the sitting."""

    id = fields.Integer()
    name = fields.String(attribute="person.display_name")
    organisation = fields.String(attribute="organisation.name", dump_default=None)
    state = fields.Enum(RegistrationState, by_value=True)
    registered_at = fields.AwareDateTime()
    placed_at = fields.AwareDateTime(allow_none=True)
