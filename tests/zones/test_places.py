"""Places: addresses name zone and cycle, objects know theirs, and old addresses lead on."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from consultazione.core.actor import SYSTEM, Role
from consultazione.core.errors import Invalid
from consultazione.web import current_zone
from consultazione.zones.commands.setting_up import open_cycle
from consultazione.zones.slugs import RESERVED, check_slug
from tests.support.factories import Factory

# Integers in short addresses that are no object of a cycle, and why.
OF_NO_CYCLE = {
    "token_id",
    "passkey_id",
    "project_id",
    "draft_id",
    "download_id",
}  # a person's; a territory's; no zone yet; a person's


@pytest.fixture
def other(make: Factory) -> Factory:
    """A second zone, set up after the first."""
    assert make.zone
    there = Factory(make.database, name="Distretto di Altrove")
    assert there.zone
    return there


def later_cycle(make: Factory) -> None:
    with make.database.transaction(SYSTEM) as tx:
        open_cycle(tx, zone_id=make.zone.id, first_year=2025, last_year=2027)


def trail(page: str) -> list[str]:
    """The links of a page's breadcrumb."""
    found = page.partition("breadcrumb-container")[2].partition("</nav>")[0]
    return re.findall(r'href="([^"]*)"', found)


def test_the_only_zone_leads_to_its_current_cycle(client: FlaskClient, make: Factory) -> None:
    assert client.get("/zone/").status_code == 404
    assert make.zone
    assert client.get("/").location == f"{make.here}/"
    assert client.get(f"/zone/{make.zone.slug}/").location == f"{make.here}/"
    later_cycle(make)
    assert client.get("/").location == f"/zone/{make.zone.slug}/2025-2027/"


def test_several_zones_are_listed(client: FlaskClient, make: Factory, other: Factory) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    for place in (make, other):
        assert f'href="/zone/{place.zone.slug}/"' in answer.text
        assert place.zone.name in answer.text


def test_a_list_holds_what_is_of_its_cycle(
    client: FlaskClient, make: Factory, other: Factory
) -> None:
    here, there = make.table(name="Tavolo di qui"), other.table(name="Tavolo di là")
    later_cycle(make)
    assert here.name in client.get(f"{make.at}/2018-2020/tavoli").text
    page = client.get(f"{make.at}/2025-2027/tavoli").text
    assert here.name not in page
    page = client.get(f"{other.here}/tavoli").text
    assert there.name in page
    assert here.name not in page
    assert client.get(f"{other.here}/tavoli/{here.slug}").status_code == 404


def test_an_object_says_where_it_is(client: FlaskClient, make: Factory, other: Factory) -> None:
    proposal, sitting = other.proposal(), other.sitting()
    later_cycle(other)
    for address in (f"/proposte/{proposal.id}", f"/sedute/{sitting.id}"):
        page = client.get(address).text
        assert f" – {other.zone.name}</title>" in page
        assert "2018-2020" in page
        assert trail(page)[:2] == ["/", f"{other.at}/2018-2020/"]
        assert make.zone.name not in page


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/zone/niente/", "There is no such zone"),
        ("/zone/niente/2018-2020/tavoli", "There is no such zone"),
        ("{zone}/2006-2008/", "The zone has no cycle of these years"),
        ("{zone}/sempre/tavoli", "The zone has no cycle of these years"),
    ],
)
def test_an_unknown_place_is_not_there(
    client: FlaskClient, make: Factory, address: str, words: str
) -> None:
    answer = client.get(address.format(zone=make.at), headers={"Accept-Language": "en"})
    assert answer.status_code == 404
    assert words in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/percorso", "/registro", "/tavoli", "/tavoli/casa?sedute_prima=5", "/proposte?q=asilo",
        "/proposte/nuova", "/sedute", "/verbali", "/esiti", "/piano", "/piano/capitoli/4",
        "/piano/ufficio", "/nuovo-tavolo", "/percorso/atti/nuovo",
    ],
)  # fmt: skip
def test_an_old_address_leads_to_the_first_zone(
    app: Flask, make: Factory, other: Factory, path: str
) -> None:
    assert other.zone
    browser = FlaskClient(app, app.response_class)
    for send in (browser.get, browser.post):
        answer = send(path)
        assert (answer.status_code, answer.location) == (308, make.here + path)


def test_the_old_administration_leads_to_that_of_the_first_zone(
    app: Flask, make: Factory, other: Factory
) -> None:
    assert other.zone
    browser = FlaskClient(app, app.response_class)
    for path in ("/amministrazione/", "/amministrazione/deleghe/3/fine"):
        assert browser.get(path).location == make.at + path


def test_an_administrator_administrates_their_own_zone(
    client: FlaskClient, make: Factory, other: Factory
) -> None:
    make.sign_in(client, other.holder(Role.ADMINISTRATOR))
    form = {"name": "Auser", "category": "volunteering"}
    for page in ("organizzazioni", "deleghe", "ruoli", "persone"):
        assert client.get(f"{other.at}/amministrazione/{page}").status_code == 200
        assert client.get(f"{make.at}/amministrazione/{page}").status_code == 403
    to = "amministrazione/organizzazioni"
    assert client.post(f"{other.at}/{to}", data=form).status_code == 302
    assert client.post(f"{make.at}/{to}", data=form).status_code == 403
    assert "Auser" in client.get(f"{other.at}/{to}").text


def test_the_machine_is_for_administrators_of_the_first_zone(
    client: FlaskClient, make: Factory, other: Factory
) -> None:
    pages = ("/amministrazione/sistema", "/amministrazione/sicurezza", "/amministrazione/posta")
    make.sign_in(client, other.holder(Role.ADMINISTRATOR))
    assert [client.get(page).status_code for page in pages] == [403] * 3
    index = client.get(f"{other.at}/amministrazione/").text
    assert not any(page in index for page in pages)
    make.sign_in(client, make.holder(Role.ADMINISTRATOR))
    assert [client.get(page).status_code for page in pages] == [200] * 3
    index = client.get(f"{make.at}/amministrazione/").text
    assert all(page in index for page in pages)


def test_pages_of_the_installation_name_no_zone_of_several(
    client: FlaskClient, make: Factory
) -> None:
    assert make.zone.name in client.get("/accessibilita").text
    other = Factory(make.database, name="Distretto di Altrove")
    assert other.zone
    page = client.get("/accessibilita").text
    assert make.zone.name not in page
    assert other.zone.name not in page


def test_the_cycle_can_be_switched_where_one_is(client: FlaskClient, make: Factory) -> None:
    assert "cycles-menu" not in client.get(f"{make.here}/tavoli").text
    later_cycle(make)
    page = client.get(f"{make.at}/2018-2020/tavoli").text
    assert f'href="{make.at}/2025-2027/tavoli"' in page
    assert "cycle-switch--past" in page
    page = client.get(f"{make.at}/2025-2027/tavoli").text
    assert "cycle-switch--past" not in page
    # What is of one cycle alone leads to what is of its kind in another, or to its home.
    table = make.table()
    for path, there in (
        (f"{make.here}/tavoli/{table.slug}", "/tavoli"),
        (f"/proposte/{make.proposal(table).id}", "/proposte"),
        (f"{make.here}/piano/capitoli/1", "/piano"),
        (f"{make.here}/", "/"),
    ):
        menu = client.get(path).text.partition('id="cycles-menu"')[2].partition("</ul>")[0]
        assert f'href="{make.at}/2018-2020{there}"' in menu


def test_the_profile_leads_to_where_one_has_a_role(
    client: FlaskClient, make: Factory, other: Factory
) -> None:
    make.sign_in(client, other.holder(Role.ADMINISTRATOR))
    page = client.get("/profilo").text
    assert f'href="{other.at}/amministrazione/"' in page
    assert f'href="{make.at}/amministrazione/"' not in page
    make.sign_in(client, other.holder(Role.FACILITATOR))
    assert f'href="{other.at}/"' in client.get("/profilo").text


def test_signing_in_leads_back_to_the_zone(
    client: FlaskClient, make: Factory, other: Factory
) -> None:
    assert f"/accedi?next={other.here}/" in client.get(f"{other.here}/tavoli").text
    assert "/accedi?next" not in client.get("/").text
    make.sign_in(client, other.citizen())
    assert client.post("/esci").location == "/"


def words_of_addresses(app: Flask) -> set[str]:
    """The words that stand in an address where another has the name of a thing."""
    paths = [rule.rule.strip("/").split("/") for rule in app.url_map.iter_rules()]
    found = set()
    for path in paths:
        for place, part in enumerate(path):
            if part not in {"<zone>", "<slug>"}:
                continue
            beside = (p for p in paths if len(p) > place and p[:place] == path[:place])
            found |= {other[place] for other in beside if not other[place].startswith("<")}
    return found


def test_no_name_of_a_thing_is_a_word_of_an_address(app: Flask) -> None:
    assert words_of_addresses(app) <= RESERVED
    for slug in (*sorted(RESERVED), "2018-2020", "Con Spazi", "", "però", "a--b", "x" * 81):
        with pytest.raises(Invalid) as refused:
            check_slug(slug)
        assert list(refused.value.fields) == ["slug"]
    check_slug("reno-lavino-samoggia")


def test_a_table_whose_name_is_a_word_of_addresses_gets_another_slug(make: Factory) -> None:
    assert make.table(name="Nuovo").slug == "tavolo-nuovo"
    assert make.table(name="2018-2020").slug == "tavolo-2018-2020"
    with pytest.raises(Invalid):
        make.table(slug="nuovo")


def rules_of_objects(app: Flask) -> list[Rule]:
    """The pages of objects: with the number of something in the address, and no zone."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if not rule.rule.startswith("/api/")
        and "zone" not in rule.arguments
        and any(name.endswith("_id") for name in rule.arguments)
        and rule.arguments.isdisjoint(OF_NO_CYCLE)
    ]


def test_every_object_with_a_short_address_knows_its_cycle(app: Flask) -> None:
    found = rules_of_objects(app)
    assert len(found) > 50
    lost = [rule.rule for rule in found if rule.arguments.isdisjoint(current_zone.FINDERS)]
    assert lost == []
