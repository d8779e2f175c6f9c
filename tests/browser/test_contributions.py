"""What people write, in browsers: kept when the page is lost, changed, and told to supporters."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.support.browser_person import HERE, Arrive, Person, it

FORM = "/tavoli/poverta-e-vulnerabilita/proposte/nuova"
TITLE = "Sportello la sera"
BODY = "Uno sportello in ogni Comune, aperto la sera: https://www.example.org/orari"
LATER = "Uno sportello in ogni Comune, aperto il sabato mattina."


def write(ada: Person) -> str:
    """A proposal that outlives a reload and a lost sign-in, and is then handed in."""
    ada.visit(FORM)
    ada.fill(title=TITLE, body=BODY)
    ada.page.reload()
    expect(ada.page.locator("[name=body]")).to_have_value(BODY)
    ada.check()
    ada.page.context.clear_cookies()
    ada.sign_in("cittadina@demo.example")
    ada.visit(FORM)
    ada.follow(TITLE)
    expect(ada.page.locator("[name=title]")).to_have_value(TITLE)
    ada.press(it("Hand the proposal in"))
    ada.sees(it("Attach files"))
    expect(ada.page.get_by_role("link", name="https://www.example.org/orari")).to_be_visible()
    ada.check()
    return ada.page.url


def change(ada: Person, page: str) -> None:
    """The author changes the text and says why."""
    ada.visit(page)
    ada.follow(it("Change the text"))
    ada.fill(body=LATER, reason="Lo chiedono le famiglie.")
    ada.check()
    ada.press(it("Publish the new text"))
    ada.sees("Lo chiedono le famiglie.")
    ada.follow(it("Read what changed"))
    ada.check()


def comment(ada: Person, page: str) -> None:
    """She corrects what she wrote under a proposal, and takes it back in the end."""
    ada.visit(page)
    ada.visit(f"{page.removeprefix(ada.url)}/allegati")
    ada.visit(page)
    ada.choose(it("In favour"))
    ada.fill(body="Sono daccordo.")
    ada.press(it("Publish the comment"))
    ada.follow(re.compile(it("Change your comment")))
    ada.check()
    ada.fill(body="Sono d’accordo.", reason="Un errore.")
    ada.press(it("Save the change"))
    ada.sees("Sono d’accordo.")
    ada.follow(re.compile(it("Withdraw your comment")))
    ada.check()
    ada.fill(reason="Ci ho ripensato.")
    ada.press(it("Withdraw the comment"))
    ada.sees("Ci ho ripensato.")
    ada.does_not_see("Sono d’accordo.")


def test_a_text_is_kept_changed_and_told(arrive: Arrive) -> None:
    ada, delegate = arrive("Ada", phone=True), arrive("Delegata", phone=False)
    ada.sign_in("cittadina@demo.example")
    page = write(ada)
    ada.visit(FORM)
    expect(ada.page.locator("[name=body]")).to_have_value("")
    delegate.sign_in("associazione@demo.example")
    delegate.visit(page)
    delegate.press(it("Support"))
    delegate.sees(it("You support this proposal."))
    change(ada, page)
    delegate.visit(HERE)
    delegate.follow(
        it("A proposal that you support has another text now: “%(title)s”.", title=TITLE)
    )
    delegate.sees(it("You support this proposal in its text from before."))
    delegate.check()
    delegate.press(it("Support the new text too"))
    delegate.sees(it("You support this proposal."))
    comment(ada, page)
    ada.visit(FORM)
    ada.fill(title=TITLE)
    ada.page.reload()
    expect(ada.page.locator("[name=title]")).to_have_value(TITLE)
    ada.page.get_by_role("button", name="Ada Cittadina").first.click()
    ada.press(it("Sign out"), within=ada.page.locator("#profile-menu"))
    expect(ada.page.get_by_role("link", name=it("Sign in")).first).to_be_visible()
    assert ada.page.evaluate("Object.keys(localStorage)") == []
