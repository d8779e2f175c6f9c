"""Every kind of poll in browsers: asked with the form, voted by keyboard alone, read by all."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Arrive
from tests.browser.person import Person, it

TABLE = "/tavoli/poverta-e-vulnerabilita"
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
    """Who presides, in the room of a sitting that is open."""
    person = arrive("facilitator")
    person.sign_in("facilitatore@demo.example")
    person.visit(TABLE)
    person.follow(it("Convene a sitting"))
    starts_at = time.strftime("%Y-%m-%dT23:45")
    person.fill(title="Le votazioni", place="Sala civica", starts_at=starts_at)
    person.press(it("Convene the sitting"))
    person.visit(f"{person.page.url.removeprefix(person.url)}/stanza")
    person.press(it("Open the sitting"))
    person.confirm()
    expect(person.page.locator("#present-title")).to_contain_text("1")
    return person


@pytest.mark.timeout(240)
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
        if kind == "ranked_choice":
            voter.press(it("Show my receipt"), within=panel)
            expect(panel).to_contain_text(it("Your receipt: {receipt}").format(receipt=""))
        facilitator.check()
        facilitator.press(it("Close the poll"))
        facilitator.confirm()
        for person in (voter, facilitator):
            expect(person.page.locator(PANEL)).to_contain_text(it("Carried."))
            person.check()
    voter.follow(it("Check the receipts of this poll"))
    voter.check()


def ask(facilitator: Person, kind: str, *, secret: bool) -> None:
    page = facilitator.page
    facilitator.fill(question=f"Domanda {kind}")
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
    secret = it("Your vote is sealed in the box; nobody can see what it says.")
    recorded = it("Vote recorded: {choice}. It can be changed while the poll is open.")
    expect(panel).to_contain_text(secret if kind == "ranked_choice" else recorded.split("{")[0])
