"""The pages of erasures: the register, what is sought, the preview, the order."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.incoming.uploads import path_of, store
from consultazione.people.models import Person
from consultazione.zones.commands.setting_up import NewChapter, open_cycle
from tests.support.factories import PASSWORD, Factory

WORDS = "Ugo Vattelapesca"
TEXT = f"Lo dice anche {WORDS}, che abita qui."


@pytest.fixture
def administrator(make: Factory) -> Actor:
    """Who may."""
    return make.holder(Role.ADMINISTRATOR)


@pytest.fixture
def browser(app: Flask, make: Factory, administrator: Actor) -> FlaskClient:
    """The administrator's."""
    return make.sign_in(app.test_client(), administrator)


def previewed(browser: FlaskClient, make: Factory, **sought: str) -> str:
    """The preview of what is sought."""
    return browser.post(f"{make.at}/amministrazione/cancellazioni/nuova", data=sought).text


def ordered(browser: FlaskClient, make: Factory, page: str, **fields: str) -> tuple[int, str]:
    """What the page answers to an order on all places of a preview."""
    answer = browser.post(
        f"{make.at}/amministrazione/cancellazioni/esegui",
        data={
            "passages": WORDS,
            "seen": re.findall(r'name="seen" value="(\w+)"', page),
            "places": re.findall(r'name="places" value="([^"]+)"', page),
            "ground": "court",
            "reference": "R.G. 77/2026",
            "decided_on": clock.today().isoformat(),
            "password": PASSWORD,
            **fields,
        },
        follow_redirects=True,
    )
    return answer.status_code, answer.text


def test_an_order_is_carried_out_from_the_administration(
    browser: FlaskClient, make: Factory
) -> None:
    proposal = make.proposal(body=TEXT)
    index = browser.get(f"{make.at}/amministrazione/").text
    assert f"{make.at}/amministrazione/cancellazioni/" in index
    assert (
        "Nessun ordine è stato ancora eseguito"
        in browser.get(f"{make.at}/amministrazione/cancellazioni/").text
    )
    page = previewed(browser, make, passages=WORDS)
    assert f"Proposta {proposal.id}" in page
    assert "Voce del registro" in page
    status, register = ordered(browser, make, page)
    assert status == 200
    assert "L’ordine è eseguito: è il n. 1" in register
    assert "R.G. 77/2026" in register
    assert WORDS not in register
    shown = browser.get(f"/proposte/{proposal.id}").text
    assert WORDS not in shown
    assert "[omissis: ordine di cancellazione n. 1]" in shown
    told = "cancellati per sempre, in esecuzione di un ordine di cancellazione"
    assert told in browser.get(f"{make.here}/registro").text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"password": "another one"}, "password"),
        ({"reference": ""}, "Number of the act"),
        ({"seen": "0"}, "Nel frattempo le parole compaiono in altri punti"),
        ({"places": ""}, "scegli almeno un punto"),
        ({"decided_on": (clock.today() + timedelta(2)).isoformat()}, "deve ancora venire"),
        ({"asked_on": (clock.today() + timedelta(2)).isoformat()}, "La richiesta è successiva"),
    ],
)
def test_a_refused_order_erases_nothing_and_shows_the_list_again(
    browser: FlaskClient, make: Factory, fields: dict[str, str], sentence: str
) -> None:
    proposal = make.proposal(body=TEXT)
    status, page = ordered(browser, make, previewed(browser, make, passages=WORDS), **fields)
    assert status == 422
    assert sentence == "Number of the act" or sentence in page
    assert 'name="seen"' in page
    assert WORDS in browser.get(f"/proposte/{proposal.id}").text


@pytest.mark.parametrize(
    ("sought", "sentence"),
    [
        ({}, "Scrivi le parole da togliere"),
        ({"passages": "a b"}, "almeno tre lettere"),
        ({"entry": "verbale 7"}, "come in notes:7/12"),
        ({"entry": "table:999999/1"}, "In questa zona non c’è questa voce"),
        ({"passages": "parole mai scritte"}, "non compaiono in nessun testo"),
        ({"person_id": "99999999"}, "account"),
        ({"passages": "\n".join(f"parola{n}" for n in range(21))}, "Al massimo 20 brani"),
    ],
)
def test_what_cannot_be_sought_is_said(
    browser: FlaskClient, make: Factory, sought: dict[str, str], sentence: str
) -> None:
    assert sentence in previewed(browser, make, **sought)


def test_an_order_reaches_the_cycles_of_before(browser: FlaskClient, make: Factory) -> None:
    proposal, before = make.proposal(body=TEXT), make.here
    with make.database.transaction(SYSTEM) as tx:
        open_cycle(tx, zone_id=make.zone.id, first_year=2031, last_year=2033,
                   chapters=[NewChapter(title="Obiettivi")], priorities=[])  # fmt: skip
    assert make.here != before
    page = previewed(browser, make, passages=WORDS)
    assert f"Proposta {proposal.id}" in page
    assert "Voce del registro" in page
    assert ordered(browser, make, page)[0] == 200
    assert WORDS not in browser.get(f"/proposte/{proposal.id}").text


def test_an_entry_is_found_by_stream_and_number(browser: FlaskClient, make: Factory) -> None:
    proposal = make.proposal(body=TEXT)
    page = previewed(browser, make, entry=f"table:{proposal.table_id}/2")
    assert f"Proposta {proposal.id}" in page
    assert f"Voce del registro table:{proposal.table_id}/2 " in page
    assert page.count('name="places"') >= 4  # title and body, in the row and in its version


def test_the_name_of_a_person_goes_wherever_it_stands(browser: FlaskClient, make: Factory) -> None:
    person: Person = make.person(display_name=WORDS)
    proposal = make.proposal(body=TEXT)
    page = previewed(browser, make, person_id=str(person.id))
    status, register = ordered(browser, make, page, passages="", person_id=str(person.id))
    assert (status, "Un account è stato svuotato" in register) == (200, True)
    assert f"Persona {person.id}, che abita qui" in browser.get(f"/proposte/{proposal.id}").text
    with make.session() as session:
        emptied = session.get_one(Person, person.id)
        assert (emptied.display_name, emptied.email, emptied.password_hash) == (
            f"Persona {person.id}", None, None,
        )  # fmt: skip
    again = previewed(browser, make, person_id=str(person.id))
    assert "già stato svuotato" in again


def test_who_holds_an_office_is_not_emptied(browser: FlaskClient, make: Factory) -> None:
    holder = make.holder(Role.PLAN_OFFICE)
    page = previewed(browser, make, person_id=str(holder.person_id))
    status, page = ordered(browser, make, page, passages="", person_id=str(holder.person_id))
    assert status == 422
    assert "ha ancora un ruolo o una delega" in page


def test_nobody_else_sees_the_register(app: Flask, make: Factory) -> None:
    office = make.sign_in(app.test_client(), make.holder(Role.PLAN_OFFICE))
    for page in ("", "nuova"):
        answer = office.get(f"{make.at}/amministrazione/cancellazioni/{page}")
        assert answer.status_code == 403


def test_a_file_is_destroyed_and_its_digest_stays(
    browser: FlaskClient, make: Factory, app: Flask
) -> None:
    directory = app.extensions["settings"].uploads_dir
    table = make.table()
    material = make.material(table, directory, name="diagnosi.txt", content=WORDS.encode())
    other = make.material(table, directory, name="orari.txt", content=b"Dalle 9 alle 12.")
    address = f"/materiali/{material.id}/diagnosi.txt"
    with app.test_client().get(address) as answer:
        assert WORDS in answer.get_data(as_text=True)
    page = previewed(browser, make, file="Diagnosi.txt")
    assert f"Materiale {material.id}" in page
    status, register = ordered(browser, make, page, passages="", file="Diagnosi.txt")
    assert status == 200
    assert "File distrutti: 1." in register
    assert not path_of(directory, material.sha256).exists()
    answer = app.test_client().get(address)
    assert answer.status_code == 404
    assert material.sha256 in answer.text
    with app.test_client().get(f"/materiali/{other.id}/orari.txt") as answer:
        assert answer.status_code == 200
    store(directory, "diagnosi.txt", WORDS.encode())  # the same bytes, handed in again
    assert app.test_client().get(address).status_code == 404
