"""The desk of a hybrid sitting: people are let in and ask for the floor, others type the code."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.support.browser_person import Arrive, Person, it, tonight
from tests.support.browser_sitting import ask_quorum_of

TABLE = "/tavoli/poverta-e-vulnerabilita"
ASSOCIATION = "Associazione Il Filo (dimostrativa)"


def tab_to(person: Person, label: str) -> None:
    """Go with the Tab key to what has that name, and press it with Enter."""
    for _ in range(120):
        person.page.keyboard.press("Tab")
        if person.page.evaluate("document.activeElement.textContent.trim()") == label:
            with person.page.expect_navigation():
                person.page.keyboard.press("Enter")
            return
    raise AssertionError(f"no way by keyboard to {label}")


def search(person: Person, words: str) -> None:
    """Look for somebody at the desk, with the keys alone."""
    for _ in range(60):
        person.page.keyboard.press("Tab")
        if person.page.evaluate("document.activeElement.name") == "cerca":
            person.page.keyboard.press("Control+A")
            person.page.keyboard.type(words)
            with person.page.expect_navigation():
                person.page.keyboard.press("Enter")
            return
    raise AssertionError("no way by keyboard to the search")


def test_a_hall_comes_together(arrive: Arrive) -> None:
    operator, hall = arrive("operator"), arrive("hall")
    operator.sign_in("facilitatore@demo.example")
    operator.visit(f"{TABLE}/componenti")
    operator.page.locator("[name=organisation_id]").select_option(label=ASSOCIATION)
    operator.press(it("Give the seat"))
    operator.visit(TABLE)
    operator.follow(it("Convene a sitting"))
    operator.fill(title="In sala e in linea", place="Sala civica", starts_at=tonight())
    ask_quorum_of(operator, 1)
    operator.check()
    operator.press(it("Convene the sitting"))
    sitting = operator.page.url.removeprefix(operator.url)
    operator.visit(f"{sitting}/numero-legale")
    phone = arrive("phone", phone=True)
    phone.sign_in("associazione@demo.example")
    phone.visit(sitting)
    phone.follow(it("Excuse yourself or name a substitute: %(name)s", name=ASSOCIATION))
    phone.press(it("Excuse the organisation"))
    phone.sees(it("Excused."))
    phone.press(it("Withdraw the excuse"))
    phone.fill(email="cittadina@demo.example")
    phone.press(it("Name the substitute"))
    phone.sees("Ada Cittadina")
    phone.check()
    operator.visit(f"{sitting}/stanza")
    operator.press(it("Call the roll"))
    operator.press(it("Begin the works"))
    operator.confirm()
    missing = it("persons present") + ": 0"  # who leads is not counted
    operator.sees(missing)
    operator.unfold("present")
    operator.follow(it("Desk of the hall"))
    link = operator.page.get_by_role("link", name=it("Screen of the hall, with the code"))
    hall.visit(link.get_attribute("href") or "")
    hall.sees(missing)
    search(operator, "Ada")
    tab_to(operator, it("Let in %(name)s", name="Ada Cittadina"))
    operator.check()
    tab_to(operator, it("Ask for the floor for %(name)s", name="Ada Cittadina"))
    operator.sees(it("asks for the floor"))
    operator.sees(ASSOCIATION)
    operator.check()
    phone.visit("/entra")
    code = hall.page.locator(".code").inner_text()
    phone.fill(code="ABC 234")
    phone.press(it("Check in"))
    phone.sees(it("No sitting that is open now has this code: read it again from the screen."))
    phone.check()
    phone.fill(code=code.lower())
    phone.press(it("Check in"))
    expect(phone.page).to_have_url(re.compile("/stanza"))
    expect(phone.page.locator("#panel-hands")).to_contain_text("Ada Cittadina")
    reached = it("The quorum is reached ({parts}).").split("(")[0]
    hall.sees(reached)
    hall.check()
    phone.unfold("present")
    expect(phone.page.locator("#panel-quorum")).to_contain_text(reached)
    phone.check()
    operator.visit(f"{sitting}/presenze")
    operator.sees(f"D {it('present by delegation')}")
    phone.visit(f"{sitting}/presenze")
    phone.sees(it("substitute: %(name)s", name="Ada Cittadina"))
