"""The chair's console, by keyboard alone: points, speakers in order, written questions."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.support.browser_person import Arrive, Person, it
from tests.support.browser_sitting import CITIZEN, FACILITATOR, convene_with_points, open_sitting

ADA = "Ada Cittadina"
BRUNO = "Bruno Associazione"
LONG = "Servizi di prossimità: che cosa chiede il territorio per tre anni, e con quali risorse"
BEDS, AGAIN, RUDE = "Quanti posti ci sono?", "E i posti, quanti sono?", "Chi vi paga?"


@pytest.fixture
def chair(arrive: Arrive) -> Person:
    person = arrive("facilitator")
    person.sign_in(FACILITATOR)
    return person


@pytest.fixture
def room(chair: Person) -> str:
    """The path of the room of an open sitting, which the facilitator has loaded anew."""
    path = f"{open_sitting(chair, 'La console')}/stanza"
    chair.visit(path)
    return path


@pytest.fixture
def people(arrive: Arrive, room: str) -> tuple[Person, Person]:
    """A citizen on a phone and an association's delegate, in the room."""
    ada, bruno = arrive("citizen", phone=True), arrive("delegate")
    for person, email in ((ada, CITIZEN), (bruno, "associazione@demo.example")):
        person.sign_in(email)
        person.visit(room)
    return ada, bruno


def hands(person: Person) -> Locator:
    """The lines of the list of speakers."""
    return person.page.locator("#panel-hands .rows > li")


def test_points_and_speakers(chair: Person, people: tuple[Person, Person]) -> None:
    ada, bruno = people
    for count, person in enumerate(people, start=1):
        person.press(it("Ask for the floor"))
        expect(hands(chair)).to_have_count(count)
    chair.by_keyboard(it("Start point {rank}: {title}").split("{", 1)[0])
    expect(ada.page.locator("#panel-now .floor")).to_contain_text("1.")
    chair.by_keyboard(it("Order and time of the speakers"))
    chair.by_keyboard(it("{minutes} minutes").format(minutes=2))
    chair.by_keyboard(f"{it('Move up')}: {BRUNO}")
    for person in (ada, chair):
        expect(hands(person)).to_contain_text([BRUNO, ADA])
    chair.by_keyboard(f"{it('Move down')}: {BRUNO}")
    expect(hands(ada)).to_contain_text([ADA, BRUNO])
    chair.by_keyboard(f"{it('Give the floor')}: {ADA}")
    expect(ada.page.locator("#timer")).to_contain_text("1:5")
    bruno.press(it("Ask to reply to who speaks"))
    expect(hands(chair)).to_have_count(2)
    chair.by_keyboard(it("One more minute"))
    expect(ada.page.locator("#timer")).to_contain_text("2:")
    chair.page.locator("#main").focus()
    chair.by_keyboard(it("End the floor"))
    expect(hands(chair).first).to_contain_text(it("reply"))
    chair.by_keyboard(f"{it('Give the floor')}: {BRUNO}")
    ada.sees(it("{name} is replying since {time}.").split("{time}", 1)[0].split("}", 1)[1])
    chair.check()


def test_written_questions(chair: Person, people: tuple[Person, Person], room: str) -> None:
    ada, bruno = people
    for person, question in ((ada, BEDS), (bruno, AGAIN), (bruno, RUDE)):
        person.unfold("questions")
        person.fill(body=question)
        person.press(it("Send the question"))
        expect(person.page.locator("#field-body")).to_have_value("")
    waits = chair.page.locator("#fold-questions .fold__waits")
    expect(waits).to_have_text(it("Waiting: {count}").format(count=3))
    chair.page.keyboard.press("2")
    chair.by_keyboard(it("Questions in writing"), f"{it('Show')}: {BEDS}")
    expect(waits).to_have_text(it("Waiting: {count}").format(count=2))
    chair.by_keyboard(f"{it('Merge with the question chosen')}: {AGAIN}")
    expect(waits).to_have_text(it("Waiting: {count}").format(count=1))
    chair.by_keyboard(f"{it('Do not show')}: {RUDE}")
    chair.tab_to(it("Reason, which who asked can read"))
    chair.page.keyboard.type("Riguarda le persone")
    chair.page.keyboard.press("Enter")
    bruno.sees(
        it("Your question is not shown: {body} Reason: {reason}").format(
            body=RUDE, reason="Riguarda le persone"
        )
    )
    expect(waits).to_be_hidden()
    chair.page.locator("#main").focus()
    chair.by_keyboard(f"{it('Answer in writing')}: {BEDS}")
    chair.tab_to(it("Written answer"))
    chair.page.keyboard.type("Quaranta")
    chair.page.keyboard.press("Enter")
    bruno.sees(it("Answer: {answer}").format(answer="Quaranta"))
    bruno.does_not_see(AGAIN)
    chair.check()
    chair.visit(room)  # this browser remembers which tab was chosen
    expect(chair.page.locator("#panel-questions")).to_be_visible()


# All that the projector shows is inside its window.
_HALL_FITS = """(({scrollHeight, clientHeight}) => scrollHeight <= clientHeight
    && document.documentElement.scrollHeight <= innerHeight)(document.getElementById("screen"))"""
_WIDTHS = "parts => parts.map(part => part.getBoundingClientRect().width)"


def press(person: Person, *keys: str) -> None:
    """Press keys one after the other."""
    for key in keys:
        person.page.keyboard.press(key)


def votes_of_hall(poll: Locator, votes: int) -> None:
    """Enter how many of the hall are in favour; 0 for nobody."""
    counted = poll.locator("details", has_text=it("Votes counted in the room"))
    counted.evaluate("details => details.open = true")
    counted.locator("input").fill(str(votes))
    counted.get_by_role("button").click()
    expect(counted.locator(".rows")).to_have_count(1 if votes else 0)


def test_a_sitting_by_its_keys(chair: Person, arrive: Arrive) -> None:
    """On a small laptop, without a mouse and without scrolling."""
    chair.page.set_viewport_size({"width": 1280, "height": 720})
    room = convene_with_points(chair, LONG)
    hall = arrive("hall")
    hall.page.set_viewport_size({"width": 1024, "height": 768})
    hall.visit(room.replace("stanza", "schermo"))
    now, poll = (chair.page.locator(f"#panel-{name}") for name in ("now", "poll"))
    ada = arrive("citizen", phone=True)
    ada.sign_in(CITIZEN)
    ada.visit(room)
    ada.press(it("Ask for the floor"))
    expect(hands(chair)).to_have_count(1)
    chair.page.locator("#main").focus()
    press(chair, "?")
    chair.sees(it("Keys of the chair"))
    chair.check()
    press(chair, "Escape", "n")
    expect(now).to_contain_text("1.")
    press(chair, "p")
    expect(ada.page).to_have_title(re.compile(it("You have the floor")))
    press(chair, "f")
    expect(ada.page.locator("#calls")).to_be_hidden()
    press(chair, "v")
    chair.page.keyboard.insert_text("Si approva il verbale?")
    press(chair, "c", "Backspace")  # a letter while one writes: the point goes on
    ada.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    chair.by_keyboard(it("Open the poll"))
    expect(ada.page).to_have_title(re.compile(it("Vote now")))
    expect(ada.page.locator("#calls")).to_be_in_viewport(ratio=1)  # she reads the site's footer
    hall.sees("Si approva il verbale?")
    assert hall.page.evaluate(_HALL_FITS)
    ada.press(it("Go to the vote"))
    expect(ada.page.locator("#poll-title")).to_be_in_viewport()
    ada.press(it("I am in favour"))
    expect(ada.page.locator("#calls")).to_be_hidden()
    expect(poll).to_contain_text("1")
    votes_of_hall(poll, 500)
    chair.page.locator("#main").focus()
    press(chair, "h")
    chair.confirm()
    expect(poll.locator(".text-danger")).to_be_in_viewport(ratio=1)
    votes_of_hall(poll, 0)
    chair.page.locator("#main").focus()
    press(chair, "h")
    chair.confirm()
    expect(poll).to_contain_text(it("Carried."))
    chair.page.locator("#main").focus()
    press(chair, "c")
    expect(now).not_to_contain_text("1.")
    hall.sees(it("Carried."))
    assert hall.page.evaluate(_HALL_FITS)
    for key, name in (("1", "agenda"), ("2", "written"), ("3", "hall")):
        press(chair, key)
        parts = chair.page.locator(f"#tab-panel-{name} > :visible").evaluate_all(_WIDTHS)
        assert min(parts) > 300, name
    assert chair.page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    for person in (chair, ada, hall):
        person.check()
