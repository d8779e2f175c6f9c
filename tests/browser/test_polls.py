"""Every kind of poll in browsers: asked with the form, voted by keyboard alone, read by all."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.support.browser_person import Arrive, Person, it, tonight

TABLE = "/tavoli/domiciliarita-e-prossimita"  # where organisations have seats
PANEL = "#panel-poll"
OPTIONS = "Centro diurno\nTrasporto\nAscolto"
# Kind, and the keys that fill its ballot in, from its first field on.
FORMS = {
    "single_choice": ["Space"],
    "multiple_choice": ["Space", "Tab", "Space"],
    "rating": ["5", "Tab", "3", "Tab", "1"],
    "ranked_choice": ["p", "p", "Tab", "p"],
}
WORDS = {"yes_no_abstain": "I am in favour", "consensus": "I support it fully"}


@pytest.fixture
def facilitator(arrive: Arrive) -> Person:
    """The chair, in the room of a sitting that is open."""
    person = arrive("facilitator")
    person.sign_in("facilitatore@demo.example")
    person.visit(TABLE)
    person.follow(it("Convene a sitting"))
    person.fill(title="Le votazioni", place="Sala civica", starts_at=tonight())
    person.press(it("Convene the sitting"))
    person.visit(f"{person.page.url.removeprefix(person.url)}/stanza")
    person.press(it("Open the sitting"))
    person.confirm()
    expect(person.page.locator("#present-title")).to_contain_text("1")
    return person


def test_every_kind_is_asked_voted_and_read(arrive: Arrive, facilitator: Person) -> None:
    voter = arrive("voter", phone=True)
    voter.sign_in("cittadina@demo.example")
    voter.visit(facilitator.page.url.removeprefix(facilitator.url))
    for kind in (*WORDS, *FORMS):
        ask(facilitator, kind, secret=kind == "ranked_choice")
        panel = voter.page.locator(PANEL)
        expect(panel).to_contain_text(f"Domanda {kind}")
        voter.check()
        vote(voter, panel, kind)
        voter.check()
        if kind == "ranked_choice":
            voter.press(it("Show my receipt"), within=panel)
            expect(panel).to_contain_text(it("Your receipt: {receipt}").format(receipt=""))
            shown = panel.locator("strong", has_text=it("Your receipt: {receipt}").split("{")[0])
            receipt = shown.inner_text().split()[-1]
        facilitator.check()
        close(facilitator)
        secret = it("Check the receipts of this poll")
        ended = secret if kind == "ranked_choice" else it("Who voted what, by name")
        for person in (voter, facilitator):
            expect(person.page.locator(PANEL)).to_contain_text(ended)
            approval = expect(person.page.locator(PANEL).get_by_text(it("Carried."), exact=True))
            approval.to_have_count(1 if kind in WORDS else 0)
            person.check()
    voter.page.reload()
    expect(voter.page.locator(PANEL)).to_contain_text(receipt)
    voter.follow(it("Check the receipts of this poll"))
    voter.fill(receipt=receipt)
    voter.press(it("Check the receipt"))
    voter.sees(it("The ballot of this receipt was counted."))
    voter.check()


def test_votes_of_the_room_are_entered_corrected_and_counted(
    arrive: Arrive, facilitator: Person
) -> None:
    second = arrive("second")
    second.sign_in("coordinatrice@demo.example")
    second.visit(facilitator.page.url.removeprefix(facilitator.url))
    seconds = second.page.locator(PANEL).locator("details", has=second.page.locator("#room-votes"))
    panel = facilitator.page.locator(PANEL)
    room = panel.locator("details", has=facilitator.page.locator("#room-votes"))
    entered = room.locator(".rows > li")
    ask(facilitator, "yes_no_abstain")
    enter_room_votes(room, 4, "I am in favour")
    enter_room_votes(room, 7, "I am against")
    enter_room_votes(room, 2, "I am against")
    expect(entered).to_have_text(
        [re.compile(rf"{it('I am against')}\s*2"), re.compile(rf"{it('I am in favour')}\s*4")]
    )
    enter_room_votes(room, 0, "I am against")
    expect(entered).to_contain_text(it("waits for a second person"))
    facilitator.check()
    enter_room_votes(seconds, 4, "I am in favour")
    expect(seconds.locator(".rows > li")).not_to_contain_text(it("waits for a second person"))
    second.check()
    close(facilitator)
    panel.get_by_text(it("Of these, counted in the room")).click()
    facilitator.check()
    ask(facilitator, "single_choice")
    room.get_by_text(it("Votes counted in the room")).click()
    expect(entered).to_have_count(0)
    room.locator("#room-votes").fill("3")
    room.locator("label", has_text="Trasporto").click()
    facilitator.press(it("Enter the count"), within=room)
    expect(entered).to_have_text(re.compile(r"Trasporto\s*3"))
    facilitator.check()
    facilitator.page.locator("#room-votes").fill("0")
    facilitator.press(it("Enter the count"), within=room)
    expect(entered).to_have_count(0)
    close(facilitator)


def test_organisations_vote_with_the_weight_that_the_form_gave_them(
    arrive: Arrive, facilitator: Person
) -> None:
    delegate = arrive("delegate", phone=True)
    delegate.sign_in("associazione@demo.example")
    delegate.visit(facilitator.page.url.removeprefix(facilitator.url))
    page = facilitator.page
    facilitator.unfold("ask")
    page.get_by_text(it("Rules of the poll")).click()
    page.locator("#field-franchise").select_option("weights")
    page.get_by_label(re.compile("Il Filo")).fill("30")
    facilitator.check()
    ask(facilitator, "yes_no_abstain")
    panel = delegate.page.locator(PANEL)
    vote(delegate, panel, "yes_no_abstain")
    close(facilitator)
    expect(panel).to_contain_text(re.compile(rf"{it('Votes in favour')}\s*30"))
    delegate.check()


def enter_room_votes(room: Locator, votes: int, answer: str) -> None:
    """As the chair does for each answer, after a show of hands."""
    field = room.locator("#room-votes")
    if not field.is_visible():
        room.get_by_text(it("Votes counted in the room")).click()
    field.fill(str(votes))
    room.locator("select").select_option(label=it(answer))
    room.get_by_role("button", name=it("Enter the count"), exact=True).click()
    row = room.locator(".rows > li").filter(has_text=it(answer))
    expect(row).to_contain_text(str(votes)) if votes else expect(row).to_have_count(0)


def close(facilitator: Person) -> None:
    facilitator.press(it("Close the poll"))
    facilitator.confirm()


def test_a_vote_by_name_and_one_that_is_annulled(arrive: Arrive, facilitator: Person) -> None:
    voter = arrive("voter", phone=True)
    voter.sign_in("cittadina@demo.example")
    voter.visit(facilitator.page.url.removeprefix(facilitator.url))
    mine, theirs = facilitator.page.locator(PANEL), voter.page.locator(PANEL)
    ask(facilitator, "yes_no_abstain", effect="consultative")
    for panel in (mine, theirs):
        expect(panel).to_contain_text(it("It gathers opinions and decides nothing."))
    voter.check()
    close(facilitator)
    ask(facilitator, "yes_no_abstain")
    expect(theirs.locator(".poll-opinion")).to_have_count(0)
    vote(voter, theirs, "yes_no_abstain")
    close(facilitator)
    voter.follow(it("Who voted what, by name"))
    voter.sees("Ada Cittadina")
    voter.check()
    voter.page.go_back()
    mine.get_by_text(it("Annul the poll")).first.press("Enter")
    facilitator.check()
    mine.get_by_label(
        it("Reason, which everybody reads and which stands in the minutes")
    ).first.fill("Era il testo sbagliato.")
    facilitator.page.keyboard.press("Enter")
    facilitator.confirm()
    for panel in (mine, theirs):
        expect(panel).to_contain_text("Era il testo sbagliato.")
    voter.check()


def ask(facilitator: Person, kind: str, *, secret: bool = False, effect: str = "binding") -> None:
    page = facilitator.page
    facilitator.unfold("ask")
    facilitator.fill(question=f"Domanda {kind}")
    page.locator("#field-effect").select_option(effect)
    page.locator("#field-poll_kind").select_option(kind)
    if kind in FORMS:
        page.locator("#field-options").fill(OPTIONS)
    if secret:
        page.get_by_text(it("Rules of the poll")).click()
        page.locator("label[for=field-secret]").click()
    facilitator.press(it("Open the poll"))


def vote(voter: Person, panel: Locator, kind: str) -> None:
    """By keyboard alone, as who sees no panel does."""
    if kind in WORDS:
        panel.get_by_role("button", name=it(WORDS[kind]), exact=True).press("Enter")
    else:
        panel.locator("fieldset input, fieldset select").first.focus()
        for key in FORMS[kind]:
            voter.page.keyboard.press(key)
        voter.page.keyboard.press("Enter") if kind == "single_choice" else panel.get_by_role(
            "button", name=it("Vote"), exact=True
        ).press("Enter")
    secret = it("Your vote is sealed in the box. This page does not show it again.")
    recorded = it("Vote recorded: {choice}. It can be changed while the poll is open.")
    expect(panel).to_contain_text(secret if kind == "ranked_choice" else recorded.split("{")[0])
