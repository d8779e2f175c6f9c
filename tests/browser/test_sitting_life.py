"""A sitting's life by keyboard at 1280x720: corrected, postponed, called, voted in, closed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from consultazione.core import clock
from tests.support.browser_person import Arrive, Person, it, tonight
from tests.support.browser_sitting import CITIZEN, FACILITATOR, TABLE, ask_quorum_of

LAPTOP = {"width": 1280, "height": 720}


@pytest.fixture
def chair(arrive: Arrive) -> Person:
    person = arrive("facilitator")
    person.page.set_viewport_size(LAPTOP)  # type: ignore[arg-type]
    person.sign_in(FACILITATOR)
    return person


def convene(chair: Person, title: str, starts_at: str, *, least: int = 0) -> str:
    """The path of a sitting that was convened with the form, with a quorum if one is given."""
    chair.visit(TABLE)
    chair.follow(it("Convene a sitting"))
    chair.check()
    chair.fill(title=title, place="Sala civica", starts_at=starts_at)
    if least:
        ask_quorum_of(chair, least)
    chair.press(it("Convene the sitting"))
    return chair.page.url.removeprefix(chair.url)


def test_a_convocation_is_corrected_and_postponed(chair: Person, arrive: Arrive) -> None:
    in_a_week = f"{clock.today() + timedelta(days=7)}T17:30"
    later = f"{clock.today() + timedelta(days=9)}T18:00"
    path = convene(chair, "Da spostare", in_a_week)
    for page in ("correggi", "rinvia", "annulla", "avviso"):
        chair.visit(f"{path}/{page}")
    chair.visit(f"{path}/correggi")
    chair.fill(place="Biblioteca", reason="La sala è occupata.")
    chair.page.locator("main [name=reason]").focus()
    chair.by_keyboard(it("Correct the convocation"))
    chair.sees("Biblioteca")
    chair.visit(f"{path}/rinvia")
    chair.fill(starts_at=later, reason="Neve.")
    chair.page.locator("main [name=reason]").focus()
    chair.by_keyboard(it("Postpone the sitting"))
    chair.sees(it("Postponed"))
    reader = arrive("reader", phone=True)
    for page in ("", "/versioni", "/avviso"):
        reader.visit(f"{path}{page}")
    assert chair.faults + reader.faults == []


def a_vote_counts_and_one_is_annulled(chair: Person, ada: Person) -> None:
    """Both are opened with the chair's keys; the second was opened by mistake."""
    poll = chair.page.locator("#panel-poll")
    ask(chair, "Si apre la dispensa?")
    ada.press(it("I am in favour"))
    expect(poll).to_contain_text(
        it("{cast} of {electorate} have voted").split(" {e")[0].format(cast=1)
    )
    chair.page.locator("#main").focus()
    chair.page.keyboard.press("h")
    chair.by_keyboard(it("Confirm"))
    expect(poll).to_contain_text(it("Carried."))
    ask(chair, "Questa è aperta per errore?")
    chair.page.locator("#main").focus()
    chair.by_keyboard(it("Annul the poll"))
    chair.page.keyboard.press("Tab")
    chair.page.keyboard.type("Domanda sbagliata")
    chair.page.keyboard.press("Enter")
    chair.by_keyboard(it("Confirm"))
    for person in (chair, ada):
        expect(person.page.locator("#panel-poll")).to_contain_text("Domanda sbagliata")


def ask(chair: Person, question: str) -> None:
    """Put a question to the vote."""
    chair.page.locator("#main").focus()
    chair.page.keyboard.press("v")
    chair.page.keyboard.insert_text(question)
    chair.by_keyboard(it("Open the poll"))
    expect(chair.page.locator("#panel-poll")).to_contain_text(question)


def test_the_roll_is_called_and_the_closing_asks(chair: Person, arrive: Arrive) -> None:
    path = convene(chair, "Con l’appello", tonight(), least=1)
    ada = arrive("citizen", phone=True)
    ada.sign_in(CITIZEN)
    ada.visit(f"{path}/stanza")
    chair.visit(f"{path}/stanza")
    now = chair.page.locator("#panel-now")
    expect(now).to_contain_text(it("Waiting in the room and in the hall: {count}.").format(count=2))
    chair.by_keyboard(it("Call the roll"))
    expect(now).to_contain_text(it("The quorum is reached ({parts}).").split("(", 1)[0])
    called = it("The roll is being called by {name}. Whoever is here counts.").split("{", 1)[0]
    expect(ada.page.locator("#panel-now")).to_contain_text(called)
    chair.by_keyboard(it("Begin the works"))
    chair.confirm()
    expect(chair.page.locator("#stream")).to_contain_text(
        it("The sitting is open. {name} presides.").split("{", 1)[0]
    )
    a_vote_counts_and_one_is_annulled(chair, ada)
    ada.press(it("Ask for the floor"))
    expect(chair.page.locator("#panel-hands .rows > li")).to_have_count(1)
    chair.unfold("sitting")
    chair.page.locator(".closing summary").focus()
    chair.page.keyboard.press("Enter")
    chair.check()
    chair.page.keyboard.press("Tab")
    chair.page.keyboard.press("Space")  # the first point is left to a later sitting
    chair.by_keyboard(it("Close the sitting now"))
    stream = chair.page.locator("#stream")
    for words in (it("Left to a later sitting: {title}"), it("The sitting is closed.")):
        expect(stream).to_contain_text(words.split("{", 1)[0])
    expect(stream).to_contain_text(
        it("The request of {name} for the floor lapses with the closing.").split("{", 1)[0]
    )
    chair.visit(path)
    chair.follow(re.compile(it("Who voted what, by name")))
    chair.check()
    chair.sees("Ada Cittadina")
    chair.visit(path)
    chair.follow(it("Closed by mistake? Reopen the sitting today"))
    chair.check()
    chair.fill(reason="Mancava un voto.")
    chair.press(it("Reopen the sitting"))
    expect(ada.page.locator("#stream")).to_contain_text("Mancava un voto.")
    assert chair.faults + ada.faults == []
