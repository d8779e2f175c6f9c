"""A text is reported, hidden and shown again on appeal, as four people live it on their phones."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.support.browser_person import HERE, PASSWORD, Arrive, Person, it

TABLE = f"{HERE}/tavoli/poverta-e-vulnerabilita"
TITLE = "Un taxi sociale per chi vive in collina"
REASON = "Nel testo c’è il numero di telefono di una persona."


def test_from_a_report_to_the_appeal(arrive: Arrive) -> None:
    author, reader = arrive("author", phone=True), arrive("reader", phone=True)
    facilitator, office = arrive("facilitator", phone=True), arrive("office", phone=True)
    proposal = a_proposal_is_written_with_a_hint(author)
    it_is_reported(reader, proposal)
    it_is_hidden(facilitator, proposal)
    ruling = the_author_appeals(author)
    somebody_else_decides(office, ruling)
    author.visit(f"/proposte/{proposal}")
    author.sees(TITLE)
    reader.visit("/profilo/moderazione")
    reader.sees(it("Hidden"))
    reader.visit("/zone/reno-lavino-samoggia/moderazione")
    reader.sees(it("The ruling is cancelled"))
    reader.does_not_see(TITLE)


def test_a_copy_of_ones_data_is_fetched_and_the_account_deleted(arrive: Arrive) -> None:
    citizen = arrive("citizen", phone=True)
    citizen.sign_in("cooperativa@demo.example")
    citizen.visit("/profilo/copia-dei-dati")
    citizen.fill(password=PASSWORD)
    citizen.press(it("Make my copy"))
    citizen.sees(it("We are making your copy"))
    citizen.check()
    link = re.compile(r"Scarica il file")
    with citizen.page.expect_download() as begun:
        citizen.finds("/profilo/copia-dei-dati", link)
    assert begun.value.suggested_filename == "i-miei-dati.zip"
    citizen.visit("/profilo/cancella-account")
    citizen.sees(it("What stays"))
    citizen.press(it("Delete my account for good"))
    citizen.sees(it("Something is missing or has to be corrected"))
    citizen.check()


def a_proposal_is_written_with_a_hint(author: Person) -> str:
    """The site hints at a telephone number while it is typed, and asks once before it is public."""
    author.sign_in("cittadina@demo.example")
    author.visit(f"{TABLE}/proposte/nuova")
    author.fill(title=TITLE, body="Chiamate Ada al 347 1234567: ci porta lei.")
    author.sees(it("Everybody will read this text. It seems to hold:"))
    author.check()
    author.press(it("Hand the proposal in"))
    author.sees(it("a telephone number"))
    author.check()
    author.choose(it("Publish it as it is"))
    author.press(it("Hand the proposal in"))
    author.page.wait_for_url("**/proposte/*")
    expect(author.page.get_by_role("heading", level=1)).to_have_text(TITLE)
    return author.page.url.rpartition("/")[2]


def it_is_reported(reader: Person, proposal: str) -> None:
    reader.sign_in("associazione@demo.example")
    reader.visit(f"/proposte/{proposal}")
    reader.follow(it("Report this proposal"))
    reader.check()
    reader.by_keyboard(it("Send the report"))
    reader.sees(it("Something is missing or has to be corrected"))
    reader.check()
    reader.choose(it("It holds personal data of somebody, such as health or an address"))
    reader.fill(words="Non sa che il suo numero è qui.")
    reader.press(it("Send the report"))
    reader.sees(it("Waits for a decision"))
    reader.check()


def it_is_hidden(facilitator: Person, proposal: str) -> None:
    facilitator.sign_in("facilitatore@demo.example")
    facilitator.visit(f"{HERE}/moderazione/coda")
    facilitator.follow(re.compile(f"{it('Proposal')} {proposal}"))
    facilitator.check()
    facilitator.choose(it("Hide it"))
    facilitator.page.locator("select[name=rule]").select_option("personal_data")
    facilitator.fill(reason=REASON)
    facilitator.press(it("Decide"))
    facilitator.sees(it("What was decided before"))
    facilitator.check()
    facilitator.visit(f"/proposte/{proposal}")
    facilitator.sees(REASON)
    facilitator.does_not_see("347 1234567")


def the_author_appeals(author: Person) -> str:
    author.visit("/profilo/moderazione")
    author.follow(re.compile(it("Hidden")))
    author.sees(REASON)
    author.check()
    author.fill(words="Ada sono io, e il numero è quello del taxi.")
    author.press(it("Send the appeal"))
    author.sees(it("Appeal under way"))
    author.check()
    return author.page.url.rpartition("/")[2]


def somebody_else_decides(office: Person, ruling: str) -> None:
    office.sign_in("ufficiodipiano@demo.example")
    office.visit(f"{HERE}/moderazione/coda")
    office.sees(it("Waits for you"))
    office.visit(f"/moderazione/{ruling}")
    office.choose(it("The ruling is cancelled"))
    office.fill(reason="Il numero è di un servizio pubblico.")
    office.press(it("Decide on the appeal"))
    office.sees(it("The ruling is cancelled"))
    office.check()
