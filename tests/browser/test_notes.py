"""What is written down in a sitting, in browsers: by the chair, and by keyboard alone."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import expect

from consultazione.core import clock
from tests.support.browser_person import HERE, Arrive, Person, it
from tests.support.browser_sitting import POINTS, close_sitting, convene_with_points

STATEMENT = "Favorevole, con riserva sui tempi."
NOTED, PHRASE, OWN = "Si discute dei posti.", "Il tavolo prende atto.", "Il tavolo ringrazia."
UNDERTAKEN = "Mandare i dati sui posti letto"


def reach(person: Person, selector: str) -> None:
    """Go to something by the tabulator alone, as who has no mouse does."""
    wanted = person.page.locator(selector).first
    for _ in range(80):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        person.page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by keyboard")


def state(ada: Person) -> None:
    """Ada has a statement recorded, without a mouse."""
    reach(ada, "#fold-record summary")
    ada.page.keyboard.press("Enter")
    reach(ada, "#statement-body")
    ada.page.keyboard.type(STATEMENT)
    reach(ada, "#panel-statement button")
    ada.page.keyboard.press("Enter")
    ada.sees(it("Your statements"))
    ada.check()


def note(chair: Person, ada: Person) -> None:
    """A note grows by typing and by a phrase; what comes in meanwhile does not touch it."""
    chair.unfold("agenda")
    chair.press(f"{it('Start')}: {POINTS[0]}")
    chair.unfold("notes", "record")
    body = chair.page.locator("#note-body")
    expect(chair.page.locator("#note-point")).to_contain_text(POINTS[0])
    expect(chair.page.locator("#panel-now")).to_contain_text(POINTS[0])
    body.press_sequentially(NOTED)
    state(ada)
    chair.sees(STATEMENT)
    expect(body).to_have_value(NOTED)
    expect(body).to_be_focused()
    chair.page.get_by_text(it("Stock phrases"), exact=True).click()
    chair.press(PHRASE)
    chair.page.locator("#phrase-body").fill(OWN)
    chair.press(it("Add the phrase"))
    expect(chair.page.locator("#phrases")).to_contain_text(OWN)
    expect(chair.page.locator("#note-status")).to_contain_text(it("Saved at {time}.")[:6])
    chair.check()


def survive(chair: Person) -> None:
    """Typed without a connection, kept when the page is left, saved once the line is back."""
    body = chair.page.locator("#note-body")
    chair.page.context.set_offline(True)
    expect(chair.page.locator("#connection")).to_have_attribute("data-state", "lost")
    body.press_sequentially("Senza rete.")
    waits = it("Not saved yet: it is kept on this device until the connection is back.")
    expect(chair.page.locator("#note-status")).to_have_text(waits)
    room = chair.page.url
    chair.page.goto("about:blank")  # left before the line is back, or this page might save it
    chair.page.context.set_offline(False)
    chair.page.goto(room)
    expect(body).to_have_value(f"{NOTED} {PHRASE} Senza rete.")
    expect(chair.page.locator("#note-status")).to_contain_text(it("Saved at {time}.")[:6])
    chair.page.evaluate("sessionStorage.clear()")
    chair.page.reload()
    expect(body).to_have_value(f"{NOTED} {PHRASE} Senza rete.")
    chair.faults = [fault for fault in chair.faults if "ERR_INTERNET" not in fault]


def undertake(chair: Person, ada: Person) -> None:
    """Ada undertakes something until a day, and everybody reads it."""
    chair.unfold("commitments")
    chair.page.locator("#panel-commitments summary").first.click()
    chair.page.locator("#commitment-body").fill(UNDERTAKEN)
    chair.page.locator("#commitment-owner").select_option(label="Ada Cittadina")
    due = (clock.today() + timedelta(days=20)).isoformat()
    chair.page.locator("#commitment-due").fill(due)
    form = chair.page.locator("#panel-commitments form").first
    chair.press(it("Take down a commitment"), within=form)
    ada.unfold("commitments")
    ada.sees(UNDERTAKEN)
    chair.check()


def close(chair: Person, ada: Person) -> None:
    """The minutes hold what was written down; Ada marks her commitment as done."""
    close_sitting(chair)
    chair.sees(it("The minutes are there."))
    chair.follow(it("Go to the minutes"))
    for said in (STATEMENT, PHRASE, UNDERTAKEN):
        chair.sees(said)
    chair.check()
    ada.visit(f"{HERE}/")
    ada.page.get_by_role("link", name=UNDERTAKEN).click()
    ada.check()
    ada.press(it("Mark as done"))
    ada.confirm()
    ada.sees(it("Commitment kept"))


def test_what_is_written_down(arrive: Arrive) -> None:
    chair, ada = arrive("facilitator"), arrive("citizen", phone=True)
    chair.sign_in("facilitatore@demo.example")
    ada.sign_in("cittadina@demo.example")
    room = convene_with_points(chair)
    ada.visit(room)
    note(chair, ada)
    survive(chair)
    undertake(chair, ada)
    close(chair, ada)
