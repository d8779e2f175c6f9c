"""From the statute to the first vote: an association takes part, on its president's phone."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.support.browser_person import Arrive, Person, it
from tests.support.browser_sitting import FACILITATOR, TABLE, close_sitting, open_sitting
from tests.support.kept_mail import mailed_path
from tests.support.stack import Stack
from tests.support.upload_samples import PDF

ADDRESS, PASSWORD = "piera@example.org", "una frase da ricordare"
NAME = "Amici del Lavino"
QUESTION = "Si apre lo sportello?"


def test_from_accreditation_to_the_first_vote(arrive: Arrive, stack: Stack) -> None:
    piera, office = arrive("piera", phone=True), arrive("office", phone=True)
    an_account_is_opened(piera, stack)
    piera.visit(TABLE)
    piera.follow(it("Have your organisation accredited"))
    piera.check()
    piera.fill(name=NAME, office="Presidente")
    piera.page.locator("[name=category]").select_option("aps")
    piera.choose("Povertà e Vulnerabilità")
    piera.press(it("Hand in the application"))
    piera.sees(it("Something is missing or has to be corrected"))
    statute = {"name": "statuto.pdf", "mimeType": "application/pdf", "buffer": PDF}
    piera.page.locator("[name=file]").set_input_files([statute])
    piera.press(it("Hand in the application"))
    piera.sees(it("waits for an answer"))
    piera.check()

    office.sign_in("ufficiodipiano@demo.example")
    office.visit("/amministrazione/accreditamenti")
    office.check()
    office.follow(NAME)
    office.check()
    office.press(it("Grant the accreditation"))
    office.sees(it("The organisation is accredited, and who asked is told by mail."))

    chair = arrive("chair")
    chair.sign_in(FACILITATOR)
    path = open_sitting(chair, "La prima seduta degli Amici")
    the_first_vote(piera, chair, path)
    piera.visit(TABLE)
    piera.follow(NAME)
    piera.sees("Piera Fabbri")
    piera.check()


def an_account_is_opened(piera: Person, stack: Stack) -> None:
    piera.visit("/registrati")
    piera.fill(email=ADDRESS, display_name="Piera Fabbri", password=PASSWORD)
    piera.press(it("Create the account"))
    piera.sign_in(ADDRESS, PASSWORD)
    piera.visit(mailed_path(stack.place, ADDRESS))
    piera.press(it("Confirm my address"))


def the_first_vote(piera: Person, chair: Person, path: str) -> None:
    """She is in the room for the association, and its vote is taken."""
    piera.visit(f"{path}/stanza")
    expect(chair.page.locator("#present-title")).to_contain_text("2")
    chair.unfold("ask")
    chair.fill(question=QUESTION)
    chair.press(it("Open the poll"))
    poll = piera.page.locator("#panel-poll")
    expect(poll).to_contain_text(QUESTION)
    piera.press(it("I am in favour"), within=poll)
    expect(poll.get_by_role("button", name=it("I am in favour"), exact=True)).to_be_visible()
    chair.press(it("Close the poll"))
    chair.confirm()
    expect(poll).to_contain_text("1")
    close_sitting(chair)
