"""What registrations for the hall must say by the stream of places."""

from __future__ import annotations

from consultazione.core.audit import AT, Audit, Is, Past, Said, adds, register, sets
from consultazione.core.log import EPHEMERAL_FROM
from consultazione.sittings.places.models import Registration, RegistrationState


def _state(entry: Past, _said: Said) -> object:
    return RegistrationState.PLACED if entry.data["placed"] else RegistrationState.WAITING


def _placed_at(entry: Past, _said: Said) -> object:
    return entry.at if entry.data["placed"] else None


_REGISTRATION = {"id": "registration_id"}
REGISTRATION = Audit(
    Registration,
    adds(
        "places.registered",
        **_REGISTRATION,
        sitting_id="sitting_id",
        person_id="person_id",
        organisation_id="organisation_id",
        state=_state,
        registered_at=AT,
        placed_at=_placed_at,
        withdrawn_at=Is(None),
    ),
    sets(
        "places.withdrawn",
        **_REGISTRATION,
        state=Is(RegistrationState.WITHDRAWN),
        withdrawn_at=AT,
    ),
    sets("places.moved_up", **_REGISTRATION, state=Is(RegistrationState.PLACED), placed_at=AT),
    only=Registration.sitting_id < EPHEMERAL_FROM,
)

register("places", audits=(REGISTRATION,), apart=True)
