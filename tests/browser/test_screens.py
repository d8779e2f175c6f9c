"""The rooms that are read, on a phone and at a desk; and the screens around a sitting.

These are the hall's projector, the text without scripts, and broken lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse

import pytest
from playwright.sync_api import expect

from tests.support.browser_person import HERE, Arrive, Person, it, tonight
from tests.support.stack import Stack

TABLE = "/tavoli/poverta-e-vulnerabilita"
ROOMS = (
    "", "percorso", "calendario", "normativa", "registro", "tavoli", "proposte", "piano",
    "piano/intero", "piano/stato", "piano/bisogni", "piano/senza-risposta", "piano/capitoli/7",
    "programma", "programma/fondi", "riparto", "riparto/dati", "riparto/simulazione",
    "bilancio-partecipativo", "memoria", "memoria/2025-2027", "progetti-provinciali",
)  # fmt: skip
OFFICES = (
    "piano/ufficio", "piano/ufficio/scadenza", "piano/capitoli/1/bisogni", "programma/fondi/nuovo",
    "riparto/criteri/nuovo", "bilancio-partecipativo/nuovo", "memoria/documenti/nuovo",
    "memoria/cicli/nuovo", "percorso/atti/nuovo", "opinioni",
)  # fmt: skip
SETTINGS = (
    "impostazioni", "impostazioni/zona", "impostazioni/logo", "impostazioni/enti",
    "impostazioni/capitoli", "impostazioni/nuovo-ciclo",
)  # fmt: skip


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
def test_every_room_can_be_read(arrive: Arrive, phone: bool) -> None:
    """Each page fits the screen and has nothing that axe finds; its trail leads home."""
    people = ((None, ROOMS), ("ufficiodipiano", OFFICES), ("amministratore", SETTINGS))
    for name, paths in people:
        reader = arrive(name or "visitor", phone=phone)
        if name:
            reader.sign_in(f"{name}@demo.example")
        for path in paths:
            reader.visit(f"{HERE}/{path}")
            trail = reader.page.locator(f".breadcrumb a[href='{HERE}/']")
            expect(trail).to_have_count(1 if path else 0)
        if name == "ufficiodipiano":
            forms_of_phases(reader)


def forms_of_phases(office: Person) -> None:
    """One form of each kind that the plan office finds in the path."""
    office.visit(f"{HERE}/percorso")
    links = office.page.locator("main a[href*='/percorso/fasi/']")
    paths = links.evaluate_all("links => links.map(one => one.pathname)")
    forms = {path.rsplit("/", 1)[1]: path for path in paths}
    assert forms.keys() >= {"apri", "chiudi", "riapri", "sospendi", "termine", "correggi"}
    for path in forms.values():
        office.visit(path)


@pytest.fixture
def facilitator(arrive: Arrive) -> Person:
    person = arrive("facilitator")
    person.sign_in("facilitatore@demo.example")
    return person


@pytest.fixture
def sitting(facilitator: Person) -> str:
    """A sitting that the facilitator has opened; its path."""
    facilitator.visit(TABLE)
    facilitator.follow(it("Convene a sitting"))
    facilitator.fill(title="La sala e la rete", place="Sala civica", starts_at=tonight())
    facilitator.press(it("Convene the sitting"))
    path = facilitator.page.url.removeprefix(facilitator.url)
    facilitator.check()
    facilitator.visit(f"{path}/stanza")
    facilitator.press(it("Open the sitting"))
    facilitator.confirm()
    expect(facilitator.page.locator("#present-title")).to_contain_text("1")
    return path


def by_keyboard(person: Person, label: str) -> None:
    """Press a button, to which the Tab key leads, and come to the page that answers."""
    person.tab_to(label)
    with person.page.expect_navigation():
        person.page.keyboard.press("Enter")


def what_is_new(reader: Person, words: str) -> None:
    """The frame renews itself, and the reader, who is typing beside it, is not disturbed."""
    frame = reader.page.frame_locator(".text__news")
    expect(frame.locator("li").first).to_contain_text(words, timeout=30_000)
    assert reader.page.evaluate("document.activeElement.localName") == "textarea"


@pytest.fixture
def program(stack: Stack, sitting: str) -> Iterator[HTTPResponse]:
    """A program that listens to the sitting's stream of sentences."""
    line = HTTPConnection("127.0.0.1", stack.port, timeout=30)
    line.request("GET", f"/api/v1/sittings/{sitting.rsplit('/', 1)[-1]}/stream")
    answer = line.getresponse()
    assert answer.status == 200
    yield answer
    answer.close()
    line.close()


def hears(program: HTTPResponse, words: str) -> None:
    """The program is told a sentence with these words, as it happens."""
    while words not in (said := program.readline().decode()):
        assert said, "the stream has ended"


def test_a_hall_and_a_reader_without_scripts(
    arrive: Arrive, program: HTTPResponse, facilitator: Person, sitting: str
) -> None:
    hall, corridor = arrive("hall"), arrive("corridor", phone=True)
    for screen in (hall, corridor):
        screen.visit(f"{sitting}/schermo")
        screen.sees(it("Nobody has the floor."))
    reader = arrive("reader", phone=True, scripts=False)
    reader.sign_in("cittadina@demo.example")
    reader.visit(f"{sitting}/testo")
    by_keyboard(reader, it("Enter the sitting"))
    hall.sees(it("Present: {count}").format(count=2))
    by_keyboard(reader, it("Ask for the floor"))
    reader.check()
    reader.tab_to(it("Your question"))
    reader.page.keyboard.type("Quanti posti")
    hands = facilitator.page.locator("#panel-hands")
    hands.get_by_role("button").filter(has_text=it("Give the floor")).first.click()
    for screen in (hall, corridor):
        screen.sees("Ada Cittadina")
        expect(screen.page.locator(".speaker time")).to_have_text(re.compile("0:[0-5][1-9]"))
        screen.check()
    what_is_new(reader, "Ada Cittadina")
    reader.page.keyboard.type(" ci sono?")
    by_keyboard(reader, it("Send the question"))
    reader.sees(it("Done."))
    by_keyboard(reader, it("I have finished"))
    hall.sees(it("Nobody has the floor."))
    facilitator.unfold("ask")
    asking = facilitator.page.locator("#panel-ask")
    asking.locator("[name=question]").fill("Ci vediamo ancora qui?")
    facilitator.press(it("Open the poll"), within=asking)
    hall.sees("Ci vediamo ancora qui?")
    hears(program, "Ci vediamo ancora qui?")
    reader.page.reload()
    reader.sees("Ci vediamo ancora qui?")
    reader.check()
    by_keyboard(reader, it("In favour"))
    hall.sees(it("{cast} of {electorate} have voted").format(cast=1, electorate=1))
    hall.check()
    corridor.visit(f"{sitting}/testo")
    facilitator.press(it("Close the poll"))
    facilitator.confirm()
    hall.sees(f"{it('Votes in favour')}: 1")
    hall.check()
    facilitator.unfold("questions")
    facilitator.sees("Quanti posti ci sono?")


def test_an_act_outlives_a_broken_line_and_a_reload(
    arrive: Arrive, facilitator: Person, sitting: str
) -> None:
    citizen = arrive("citizen", phone=True)
    citizen.sign_in("cittadina@demo.example")
    citizen.visit(f"{sitting}/stanza")
    citizen.sees(it("You are connected."))
    citizen.page.context.set_offline(True)
    citizen.sees(it("The connection is interrupted. It comes back by itself."))
    citizen.press(it("Ask for the floor"))
    citizen.sees(it("Not sent yet: {count}.").format(count=1))
    citizen.page.context.set_offline(False)
    citizen.page.reload()
    citizen.sees(it("Withdraw the request"))
    expect(facilitator.page.locator("#panel-hands")).to_contain_text("Ada Cittadina")
    assert citizen.page.evaluate("Object.keys(sessionStorage).length") == 0
    citizen.faults = [fault for fault in citizen.faults if "ERR_INTERNET" not in fault]


def test_one_person_in_two_windows(arrive: Arrive, facilitator: Person, sitting: str) -> None:
    citizen = arrive("citizen")
    citizen.sign_in("cittadina@demo.example")
    citizen.visit(f"{sitting}/stanza")
    other = citizen.page.context.new_page()
    other.goto(f"{sitting}/stanza")
    expect(other.locator("#connection")).to_contain_text(it("You are connected."))
    expect(facilitator.page.locator("#present-title")).to_contain_text("2")
    citizen.unfold("sitting")
    citizen.press(it("Go on only in this window"))
    expect(other.locator("#connection")).to_contain_text(
        it("You go on in another window or on another device.")
    )
    other.get_by_role("button", name=it("Take part here")).click()
    expect(other.locator("#connection")).to_contain_text(it("You are connected."))
    citizen.press(it("Leave the sitting"))
    expect(other.locator("#connection")).to_contain_text(
        it("You have left the sitting in another window.")
    )
    expect(facilitator.page.locator("#present-title")).to_contain_text("1")
