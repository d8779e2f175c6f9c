"""Territories: zones side by side, and a coordinator who reads what zones allow, and edits none."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from consultazione.config import Settings
from consultazione.core import log
from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.people.cli import roles as cli_roles
from consultazione.people.commands.coordinators import appoint_coordinator, dismiss_coordinator
from consultazione.people.models import Person
from consultazione.zones.commands.path import open_phase
from consultazione.zones.commands.setting_up import open_cycle
from consultazione.zones.commands.territories import (
    join_territory,
    set_up_territory,
    share_drafts,
    withhold_drafts,
)
from consultazione.zones.models import Territory, TerritoryKind, Zone
from consultazione.zones.queries import phases
from tests.support.factories import Factory


@pytest.fixture
def other(make: Factory) -> Factory:
    """A second zone."""
    assert make.zone
    there = Factory(make.database, name="Distretto di Altrove")
    assert there.zone
    return there


@pytest.fixture
def person(make: Factory, territory: Territory) -> Person:
    """The account of who coordinates the territory."""
    found = make.person()
    with make.database.transaction(SYSTEM) as tx:
        appoint_coordinator(tx, territory_id=territory.id, email=found.email or "")
    return found


def kinds(make: Factory, stream: str) -> list[str]:
    with make.session() as session:
        return [entry.kind for entry in log.read_stream(session, stream)]


def sharing(make: Factory, who: Actor | None = None) -> None:
    with make.database.transaction(who or make.holder(Role.ADMINISTRATOR)) as tx:
        share_drafts(tx, zone_id=make.zone.id)


def test_a_territory_is_set_up_and_joined_once(make: Factory, territory: Territory) -> None:
    with make.database.transaction(SYSTEM) as tx:
        join_territory(tx, zone_id=make.zone.id, territory_id=territory.id)
        assert not tx.entries
    assert kinds(make, f"territory:{territory.id}") == ["territory.set_up"]
    assert kinds(make, f"zone:{make.zone.id}")[-1] == "zone.joined_territory"
    for fields, refusal in (
        ({"slug": "provincia-di-prova"}, Conflict),
        ({"slug": "Provincia di prova"}, Invalid),
        ({"slug": "2018-2020"}, Invalid),
    ):
        with make.database.transaction(SYSTEM) as tx, pytest.raises(refusal):
            set_up_territory(
                tx, name="Un’altra", kind=TerritoryKind.CTSS, region="", lead_body="", **fields
            )
    with make.database.transaction(SYSTEM) as tx, pytest.raises(NotFound):
        join_territory(tx, zone_id=make.zone.id, territory_id=territory.id + 1)


def test_the_zone_says_whether_its_drafts_are_read(
    client: FlaskClient, make: Factory, other: Factory, person: Person
) -> None:
    draft, elsewhere = make.minutes(), other.minutes()
    make.sign_in(client, make.actor(person))
    address = f"/verbali/{draft.id}"
    assert client.get(address).status_code == 404
    sharing(make)
    assert client.get(address).status_code == 200
    assert client.get(f"/api/v1/minutes/{draft.id}").status_code == 404  # without a token
    assert client.get(f"/verbali/{elsewhere.id}").status_code == 404
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        withhold_drafts(tx, zone_id=make.zone.id)
    assert client.get(address).status_code == 404
    assert kinds(make, f"zone:{make.zone.id}").count("zone.drafts_shared") == 1


def test_the_machine_itself_gives_roles_by_place(
    make: Factory,
    other: Factory,
    territory: Territory,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cli_roles, "open_database", lambda _url: make.database)
    sharing(make)
    person = make.person()
    give = partial(cli_roles.main, settings, person.email or "")
    assert give("provincial_coordinator", territory=territory.slug) == 0
    assert give("provincial_coordinator", territory="niente") == 1
    assert give("administrator", zone=other.zone.slug) == 0
    assert give("administrator", zone="niente") == 1
    assert {(grant.role, grant.zone_id) for grant in make.actor(person).grants} == {
        (Role.PROVINCIAL_COORDINATOR, make.zone.id),
        (Role.ADMINISTRATOR, other.zone.id),
    }


def test_a_coordinator_is_dismissed_at_once(
    client: FlaskClient, make: Factory, territory: Territory, person: Person
) -> None:
    sharing(make)
    draft = make.minutes()
    make.sign_in(client, make.actor(person))
    assert client.get(f"/verbali/{draft.id}").status_code == 200
    key = {"territory_id": territory.id, "person_id": person.id}
    with make.database.transaction(SYSTEM) as tx:
        dismiss_coordinator(tx, **key)
    assert client.get(f"/verbali/{draft.id}").status_code == 404
    with make.database.transaction(SYSTEM) as tx, pytest.raises(NotFound):
        dismiss_coordinator(tx, **key)
    with make.database.transaction(SYSTEM) as tx:
        appoint_coordinator(tx, territory_id=territory.id, email=person.email or "")
        with pytest.raises(Conflict):
            appoint_coordinator(tx, territory_id=territory.id, email=person.email or "")


def test_another_territory_of_the_zone_starts_without_its_drafts(
    make: Factory, person: Person
) -> None:
    sharing(make)
    with make.database.transaction(SYSTEM) as tx:
        second = set_up_territory(
            tx, slug="seconda", name="Seconda", kind=TerritoryKind.CTSS, region="", lead_body=""
        )
        join_territory(tx, zone_id=make.zone.id, territory_id=second.id)
        assert tx.session.get_one(Zone, make.zone.id).shares_drafts is False
    assert make.actor(person).grants == frozenset()


def test_only_the_zone_shares_its_drafts_and_only_with_somebody(
    make: Factory, other: Factory, person: Person
) -> None:
    for who in (
        make.actor(person),
        make.holder(Role.PLAN_OFFICE),
        other.holder(Role.ADMINISTRATOR),
    ):
        with pytest.raises(NotAllowed):
            sharing(make, who)
    with pytest.raises(Conflict):
        sharing(other)


def test_an_administrator_shares_drafts_on_a_page(
    client: FlaskClient, make: Factory, territory: Territory
) -> None:
    make.sign_in(client, make.holder(Role.ADMINISTRATOR))
    page = f"{make.at}/amministrazione/territorio"
    assert territory.name in client.get(page).text
    assert page in client.get(f"{make.at}/amministrazione/").text
    shared = client.post(f"{page}/condividi", follow_redirects=True).text
    assert f"{page}/riserva" in shared
    assert f"{page}/condividi" in client.post(f"{page}/riserva", follow_redirects=True).text


def test_the_page_of_a_territory_shows_its_zones_side_by_side(
    client: FlaskClient, make: Factory, other: Factory, territory: Territory, engine: Engine
) -> None:
    table = make.table(name="Tavolo Welfare")
    with make.session() as session:
        phase_id = phases(session, make.cycle.id)[1].id
    with make.database.transaction(SYSTEM) as tx:
        open_phase(tx, phase_id=phase_id, starts_on=date(2018, 2, 5))
    sent: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *given: sent.append(given[2]))
    page = client.get(f"/territorio/{territory.slug}").text
    for words in (make.zone.name, table.name, "Chapter 7", "Phase participation", "2018"):
        assert words in page
    assert other.zone.name not in page
    alone = len(sent)
    with make.database.transaction(SYSTEM) as tx:
        join_territory(tx, zone_id=other.zone.id, territory_id=territory.id)
    sent.clear()
    assert other.zone.name in client.get(f"/territorio/{territory.slug}").text
    assert len(sent) == alone
    assert client.get("/territorio/niente").status_code == 404


def test_zones_lead_to_their_territory(
    client: FlaskClient, make: Factory, other: Factory, territory: Territory
) -> None:
    link = f'href="/territorio/{territory.slug}"'
    assert link in client.get("/").text
    assert link in client.get(f"{make.here}/percorso").text
    assert link not in client.get(f"{other.here}/percorso").text
    zones = client.get("/api/v1/zones").get_json()
    assert {zone["slug"]: zone["territory"] for zone in zones} == {
        make.zone.slug: territory.slug,
        other.zone.slug: None,
    }


def test_the_home_page_lists_zones_by_territory_with_all_their_plans(
    client: FlaskClient, make: Factory, other: Factory, territory: Territory
) -> None:
    with make.database.transaction(SYSTEM) as tx:
        open_cycle(tx, zone_id=make.zone.id, first_year=2025, last_year=2027)
    page = client.get("/").text
    heading = page.index(f"<h2>{territory.name}</h2>")
    assert page.index(other.zone.name) < heading < page.index(f'href="{make.at}/"')
    for years in ("2025-2027", "2018-2020"):
        assert f'href="{make.at}/{years}/" aria-label="Piano {years}, {make.zone.name}"' in page
