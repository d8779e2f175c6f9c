"""From an installation without anything to the first proposal in its first zone, by clicks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.support.browser_person import Person, it
from tests.support.stack import Stack, running_stack
from tests.support.zone_answers import png

SENT = "una frase da ricordare"
ON = it("Save and go on")
TOWNS = "Comune di Valle Chiara\nComune di Monte Alto\nComune di Pian del Lago"


@pytest.fixture(scope="module")
def bare() -> Iterator[Stack]:
    """The whole product without a zone."""
    with running_stack(demo=False) as stack:
        yield stack


@pytest.fixture
def founder(browser: Browser, bare: Stack) -> Iterator[Person]:
    """Who holds the link that was printed at the start, on a phone."""
    person = Person("founder", browser, bare.url, phone=True)
    yield person
    person.leave()
    assert person.faults == []


def test_a_zone_is_set_up_from_nothing_and_gets_its_first_proposal(
    founder: Person, bare: Stack
) -> None:
    founder.visit("/")
    founder.sees(it("How it begins"))
    link = re.search(r"/primo-avvio\?chiave=\S+", bare.output.read_text())
    assert link is not None
    founder.visit(link[0])
    founder.fill(display_name="Nora Fondatrice", email="nora@example.org", password=SENT)
    founder.press(it("Open the account"))
    founder.sees(it("The account is there: sign in with it, and set up the first zone."))
    founder.fill(email="nora@example.org", password=SENT)
    founder.press(it("Sign in"))
    founder.sees(it("You have not begun a zone yet."))
    founder.check()
    founder.press(it("Begin"))

    founder.sees(it("What the zone is called, and which body answers for it."))
    founder.check()
    founder.press(ON)
    founder.sees(it("Something is missing or has to be corrected"))
    founder.check()
    founder.fill(name="Distretto di Valle Chiara", lead_body="Comune di Valle Chiara")
    founder.choose(it("District (distretto)"))
    founder.press(ON)
    founder.sees(it("Colour"))
    founder.check()
    founder.choose(it("Green"))
    picture = {"name": "stemma.png", "mimeType": "image/png", "buffer": png()}
    founder.page.set_input_files("main [name=logo]", files=[picture])
    founder.press(ON)
    founder.sees(it("The bodies, public and private, that define the plan together."))
    founder.check()
    founder.fill(municipalities=TOWNS, health_authorities="Azienda USL della Valle")
    founder.press(ON)
    founder.sees(it("Phases of the path"))
    founder.check()
    founder.fill(starts_on="2026-01-15")
    founder.press(ON)
    founder.sees(it("The seven contents of Law 328/2000"))
    founder.check()
    founder.choose(it("Six contents, as in Emilia-Romagna (province of Ravenna)"))
    founder.press(ON)
    founder.sees(it("Four thematic tables, as in Parma"))
    founder.check()
    founder.choose(it("Four thematic tables, as in Parma"))
    founder.press(ON)
    founder.sees(it("Facilitators of all tables"))
    founder.check()
    founder.press(ON)
    founder.sees(it("Your own privacy notice"))
    founder.check()
    founder.fill(contact_email="piano@valle.example", privacy_url="https://valle.example/privacy")
    founder.press(ON)
    founder.sees("Comune di Pian del Lago")
    founder.check()

    founder.visit("/nuova-zona")
    founder.follow("Distretto di Valle Chiara")
    founder.press(it("Set up the zone"))
    founder.sees(it("The zone is set up. You are its administrator."))
    founder.check()
    here = urlsplit(founder.page.url).path.rstrip("/")
    assert "theme--green" in (founder.page.locator("body").get_attribute("class") or "")

    founder.follow("Non Autosufficienza")
    founder.check()
    table = urlsplit(founder.page.url).path
    founder.follow(it("See the whole path"))
    participation = founder.page.locator("main li", has_text="Percorso partecipato").last
    participation.get_by_role("link", name=it("Let the phase begin")).click()
    founder.check()
    founder.press(it("Let it begin"))
    founder.sees(it("The phase has begun."))
    founder.visit(table)
    founder.follow(it("Write a proposal"))
    founder.fill(title="Un portierato di quartiere", body="Una persona a cui chiedere, vicina.")
    founder.press(it("Hand the proposal in"))
    founder.sees("Un portierato di quartiere")
    founder.check()

    founder.visit(f"{here}/impostazioni")
    founder.follow(it("Change name, colour, rules, contacts"))
    founder.check()
    founder.choose(it("Bordeaux"))
    founder.press(it("Save"))
    founder.sees(it("The settings are changed."))
    for page in ("logo", "enti", "capitoli", "nuovo-ciclo"):
        founder.visit(f"{here}/impostazioni/{page}")
