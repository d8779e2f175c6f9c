"""REST: the zones with their cycles, and lists of the zone and the cycle that is asked for."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from consultazione.core.actor import SYSTEM
from consultazione.zones.commands.setting_up import open_cycle
from tests.support.factories import Factory

LISTS = ("proposals", "sittings", "materials", "minutes", "outcomes", "contributions")


@pytest.fixture
def other(make: Factory) -> Factory:
    """A second zone, whose first cycle is past."""
    assert make.zone
    there = Factory(make.database, name="Distretto di Altrove")
    with make.database.transaction(SYSTEM) as tx:
        open_cycle(tx, zone_id=there.zone.id, first_year=2025, last_year=2027)
    return there


def test_zones_and_cycles_are_told(client: FlaskClient, make: Factory, other: Factory) -> None:
    zones = client.get("/api/v1/zones").get_json()
    assert [zone["slug"] for zone in zones] == [other.zone.slug, make.zone.slug]
    cycles = client.get(f"/api/v1/zones/{other.zone.slug}/cycles").get_json()
    assert [(c["years"], c["current"]) for c in cycles] == [
        ("2025-2027", True),
        ("2018-2020", False),
    ]
    assert zones[0]["cycles"] == cycles
    assert client.get("/api/v1/zones/niente/cycles").status_code == 404


def test_a_list_is_of_the_place_that_is_asked_for(
    client: FlaskClient, make: Factory, other: Factory
) -> None:
    here, there = make.proposal(), other.proposal()

    def listed(query: str) -> list[int]:
        found = client.get(f"/api/v1/proposals{query}").get_json()["items"]
        return [proposal["id"] for proposal in found]

    assert (
        listed("") == listed(f"?zone={make.zone.slug}") == listed("?cycle=2018-2020") == [here.id]
    )
    assert listed(f"?zone={other.zone.slug}") == [there.id]
    assert listed(f"?zone={other.zone.slug}&cycle=2018-2020") == []
    assert client.get(f"/api/v1/zone?zone={other.zone.slug}").get_json()["cycle_start"] == 2025
    assert client.get("/api/v1/zone").get_json()["id"] == make.zone.id


def test_the_next_page_is_of_the_same_place(
    client: FlaskClient, make: Factory, other: Factory
) -> None:
    assert make.proposal()
    first, second = other.proposal(), other.proposal()
    place = f"zone={other.zone.slug}&cycle=2025-2027"
    page = client.get(f"/api/v1/proposals?{place}&limit=1").get_json()
    assert [row["id"] for row in page["items"]] == [first.id]
    assert [row["id"] for row in client.get(page["next"]).get_json()["items"]] == [second.id]


@pytest.mark.parametrize("query", ["zone=niente", "zone=a%00b", "cycle=2006-2008", "cycle=x"])
@pytest.mark.parametrize("name", LISTS)
def test_an_unknown_place_is_not_there(
    client: FlaskClient, make: Factory, name: str, query: str
) -> None:
    assert make.zone
    assert client.get(f"/api/v1/{name}?{query}").status_code == 404


def test_the_description_tells_of_places(client: FlaskClient) -> None:
    paths = client.get("/api/v1/openapi.json").get_json()["paths"]
    for name in (*LISTS, "tables", "plan", "zone"):
        told = {p["name"] for p in paths[f"/api/v1/{name}"]["get"]["parameters"]}
        assert {"zone", "cycle"} <= told, name
