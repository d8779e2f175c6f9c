"""Minutes that those present correct, and that the table approves at its next sitting."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.support.browser_person import HERE, PASSWORD, Arrive, Person, it
from tests.support.browser_sitting import CITIZEN, FACILITATOR, close_sitting, open_sitting

ADMINISTRATOR = "amministratore@demo.example"
NOTE = "Lo sportello si apre il martedì. I tirocini sono sei."


@pytest.fixture
def zone_rule(arrive: Arrive) -> Iterator[None]:
    """The zone lets those present correct, and the table approve; afterwards the chair again."""
    admin = arrive("administrator")
    admin.sign_in(ADMINISTRATOR)

    def choose(way: str, days: str) -> None:
        admin.visit(f"{HERE}/impostazioni/zona")
        admin.fill(correction_days=days)
        admin.choose(it(way))
        admin.press(it("Save"))

    choose("By the table, at a point of a later sitting", "7")
    yield
    choose("By the chair", "0")


@pytest.mark.usefixtures("zone_rule")
def test_corrections_are_asked_refused_and_accepted_and_the_table_approves(arrive: Arrive) -> None:
    chair, nina = arrive("facilitator"), arrive("citizen", phone=True)
    chair.sign_in(FACILITATOR)
    nina.sign_in(CITIZEN)
    minutes = the_draft_goes_to_those_who_were_there(chair, nina)
    two_corrections_are_asked(nina, minutes)
    one_is_refused_and_one_accepted(chair, minutes)
    the_table_approves(chair, minutes)
    the_chair_signs(chair)
    nina.visit(minutes)
    nina.sees("Lo sportello si apre il giovedì.")
    nina.sees("per acclamazione")
    nina.check()
    assert chair.faults + nina.faults == []


def the_draft_goes_to_those_who_were_there(chair: Person, nina: Person) -> str:
    sitting = open_sitting(chair, "Da verbalizzare")
    nina.visit(f"{sitting}/stanza")
    expect(chair.page.locator("#present-title")).to_contain_text("2")
    close_sitting(chair)
    chair.visit(f"{sitting}/verbale")
    chair.waits_for(it("The draft is complete: put it before those who were there"))
    a_phrase_goes_where_the_cursor_stands(chair)
    chair.page.locator("[data-piece^=nota-] textarea").first.fill(NOTE)
    chair.page.locator("[data-piece^=nota-] button[type=submit]").first.click()
    chair.sees(it("Notes and conclusions are saved."))
    chair.press(it("The draft is complete: put it before those who were there"))
    chair.sees(it("Take the draft back, to change it"))
    chair.check()
    return chair.page.url.removeprefix(chair.url).split("#")[0]


def a_phrase_goes_where_the_cursor_stands(chair: Person) -> None:
    """By keyboard alone, once the list is open."""
    note = chair.page.locator("[data-piece^=nota-] textarea").first
    note.fill("Prima. Dopo.")
    note.press("Home")
    for _letter in "Prima.":
        note.press("ArrowRight")
    chair.page.locator("[data-phrases-for]").first.click()
    expect(chair.page.get_by_role("dialog", name=it("Stock phrases"))).to_be_visible()
    chair.page.keyboard.type("prende atto")
    chair.page.keyboard.press("Tab")
    chair.page.keyboard.press("Enter")
    expect(note).to_have_value("Prima. Il tavolo prende atto. Dopo.")
    expect(note).to_be_focused()
    expect(chair.page.locator("[data-piece^=nota-] [data-status]").first).to_contain_text("Salvato")


def two_corrections_are_asked(nina: Person, minutes: str) -> None:
    for old, new in (("il martedì", "il giovedì"), ("sono sei", "sono sette")):
        nina.visit(minutes)
        nina.follow(it("Ask for a correction of the note on point %(rank)s", rank=1))
        nina.fill(old_words=old, new_words=new, reason="Così si era detto.")
        nina.press(it("Send the request"))
        nina.sees(it("Your request is with those who write the minutes."))
    nina.check()


def one_is_refused_and_one_accepted(chair: Person, minutes: str) -> None:
    chair.visit(minutes)
    chair.page.locator(".requests > li").nth(1).get_by_role("link", name=it("Refuse")).click()
    chair.fill(reason="Ne erano previsti sei.")
    chair.press(it("Refuse"))
    chair.sees("Ne erano previsti sei.")
    chair.press(it("Accept"))
    chair.sees(it("The correction is accepted: its words stand in the text."))
    chair.sees("Lo sportello si apre il giovedì.")
    chair.check()


def the_table_approves(chair: Person, minutes: str) -> None:
    open_sitting(chair, "La seduta dopo")
    chair.unfold("agenda")
    agenda = chair.page.locator("#panel-agenda")
    agenda.get_by_role("button", name=it("Start")).first.click()
    expect(agenda.get_by_role("button", name=it("Finish"))).to_be_visible()
    chair.visit(minutes)
    chair.page.locator("main [name=point_id]").select_option(index=1)
    chair.press(it("Record the approval"))
    chair.confirm()
    chair.sees(it("The minutes are approved: their text is final."))


def the_chair_signs(chair: Person) -> None:
    chair.follow(it("Sign the minutes"))
    chair.sees(it("You sign as"))
    chair.check()
    chair.page.locator("#field-password").fill(PASSWORD)
    chair.press(it("Sign the minutes"))
    chair.sees(it("Your signature is under the minutes."))
    chair.sees(it("by their password, typed anew over this very text"))
    chair.does_not_see(it("Not signed yet"))
    chair.check()
