"""What organisations, mandates and roles must say by the log of their zone."""

from __future__ import annotations

from consultazione.core.audit import (
    ACTOR,
    AT,
    NOTHING,
    OF_STREAM,
    Audit,
    Is,
    Past,
    Said,
    adds,
    drops,
    register,
    sets,
)
from consultazione.people.models import Mandate, Organisation, RoleGrant, TerritoryCoordinator


def _ended_at(entry: Past, _said: Said) -> object:
    """The moment of the entry if it ended the mandate at once; old entries do not say."""
    if "at_once" not in entry.data:
        return NOTHING
    return entry.at if entry.data["at_once"] else None


def _who_proposed(entry: Past, said: Said) -> object:
    """Who corrects what waits becomes who proposed it."""
    return entry.actor_id if said.get("confirmed_at") is None else NOTHING


_ORGANISATION = {"id": "organisation_id"}
ORGANISATION = Audit(
    Organisation,
    adds(
        "organisation.registered",
        **_ORGANISATION,
        zone_id=OF_STREAM,
        category="category",
        withdrawn_at=Is(None),
        withdrawn_reason=Is(None),
    ),
    sets("organisation.corrected", **_ORGANISATION, name="now", category="category"),
    sets("organisation.withdrawn", **_ORGANISATION, withdrawn_at=AT, withdrawn_reason="reason"),
    sets(
        "organisation.readmitted",
        **_ORGANISATION,
        withdrawn_at=Is(None),
        withdrawn_reason=Is(None),
    ),
)
_MANDATE = {"id": "mandate_id"}
_GIVEN = {
    **_MANDATE,
    "person_id": "person_id",
    "organisation_id": "organisation_id",
    "starts_on": "starts_on",
    "ends_on": "ends_on",
    "given_at": AT,
    "given_by": ACTOR,
    "confirmed_by": Is(None),
    "ended_at": Is(None),
}
MANDATE = Audit(
    Mandate,
    adds("mandate.given", **_GIVEN, confirmed_at=AT),
    adds("mandate.proposed", **_GIVEN, confirmed_at=Is(None)),
    sets(
        "mandate.corrected",
        **_MANDATE,
        act="act",
        starts_on="starts_on",
        ends_on="ends_on",
        given_by=_who_proposed,
    ),
    sets("mandate.confirmed", **_MANDATE, confirmed_at=AT, confirmed_by=ACTOR),
    sets("mandate.turned_down", **_MANDATE, ended_at=AT),
    sets("mandate.ended", **_MANDATE, ends_on="ends_on", ended_at=_ended_at),
)
_GRANT = {"person_id": "person_id", "role": "role", "zone_id": "zone_id", "table_id": "table_id"}
ROLE = Audit(
    RoleGrant,
    adds("role.given", **_GRANT, given_at=AT),
    drops("role.taken_back", **_GRANT),
    key=tuple(_GRANT),
)
_COORDINATOR = {"person_id": "person_id", "territory_id": "territory_id"}
COORDINATOR = Audit(
    TerritoryCoordinator,
    adds("coordinator.appointed", **_COORDINATOR, since=AT),
    drops("coordinator.dismissed", **_COORDINATOR),
)

register("zone", "territory", "person", audits=(ORGANISATION, MANDATE, ROLE, COORDINATOR))
