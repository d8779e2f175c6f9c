"""Places in the hall on two phones: one has the last, the other waits and moves up."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import expect

from consultazione.core import clock
from tests.support.browser_person import Arrive, Person, it
from tests.support.browser_sitting import CITIZEN, FACILITATOR, TABLE

DELEGATE = "associazione@demo.example"


def signed_in(arrive: Arrive, email: str) -> Person:
    person = arrive(email, phone=True)
    person.sign_in(email)
    return person


def test_the_last_place_is_withdrawn_and_given_to_who_waits(arrive: Arrive) -> None:
    chair = arrive("facilitator")
    chair.sign_in(FACILITATOR)
    chair.visit(f"{TABLE}/sedute/nuova")
    in_a_week = f"{clock.today() + timedelta(days=7)}T17:30"
    chair.fill(title="In una sala piccola", place="Sala civica", starts_at=in_a_week, places="1")
    chair.press(it("Convene the sitting"))
    path = chair.page.url.removeprefix(chair.url)
    visitor = arrive("visitor", phone=True)
    visitor.visit(path)
    visitor.sees(it("Sign in to register for the hall"))

    ada = signed_in(arrive, CITIZEN)
    ada.visit(path)
    ada.press(it("Register for the hall"))
    ada.sees(it("You have a place in the hall."))
    ada.check()
    bruno = signed_in(arrive, DELEGATE)
    bruno.visit(path)
    bruno.press(it("Put me on the waiting list"))
    bruno.sees(it("You are number %(turn)s on the waiting list.", turn=1))
    bruno.check()

    ada.press(it("I do not come: withdraw"))
    ada.confirm()
    ada.sees(it("Put me on the waiting list"))
    bruno.visit(path)
    bruno.sees(it("You have a place in the hall."))
    bruno.visit("/zone/reno-lavino-samoggia/")
    expect(bruno.page.locator("main")).to_contain_text("«In una sala piccola»")
    ada.press(it("Put me on the waiting list"))

    for page in ("", "/posti", "/banco", "/correggi", "/avviso"):
        chair.visit(f"{path}{page}")
    chair.visit(f"{path}/correggi")
    chair.fill(places="2", reason="La sala è più grande.")
    chair.press(it("Correct the convocation"))
    ada.visit(path)
    ada.sees(it("You have a place in the hall."))
    chair.visit(f"{path}/versioni")
    assert chair.faults + visitor.faults + ada.faults + bruno.faults == []
