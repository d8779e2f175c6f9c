"""A forgotten password and a blocked account, as two people live them on their phones."""

from __future__ import annotations

from tests.support.browser_person import Arrive, it
from tests.support.kept_mail import mailed_path
from tests.support.stack import Stack

SENT = "una frase da ricordare"
CHOSEN = "tre gatti e un treno"
WRONG = it("Something is missing or has to be corrected")


def test_a_password_is_forgotten_and_an_account_blocked(arrive: Arrive) -> None:
    nina, office = arrive("nina", phone=True), arrive("administrator", phone=True)
    nina.visit("/registrati")
    nina.fill(email="nina.f@example.org", display_name="Nina Ferri", password=SENT)
    nina.press(it("Create the account"))
    nina.sees(
        it(
            "If this address had no account, it has one now: sign in with it. If it had one"
            " before, the password is still that of then. We have written to it: open the link"
            " in the mail, and you can write and vote."
        )
    )
    nina.check()

    office.sign_in("amministratore@demo.example")
    office.visit("/amministrazione/")
    office.visit("/amministrazione/persone")
    office.fill(cerca="nina.f@example.org")
    office.press(it("Search"))
    office.page.wait_for_url("**/persone?cerca=*")
    office.check()
    office.follow("Nina Ferri")
    office.sees(it("A forgotten password"))
    office.check()
    account = office.page.url.removeprefix(office.url)
    office.press(it("Make a link"))
    office.confirm()
    office.sees(it("The link is made: copy it now"))
    office.check()
    link = office.page.locator("code.digest").inner_text()

    nina.visit(link.removeprefix(nina.url))
    nina.sees("Nina Ferri")
    nina.fill(new_password="password1234")
    nina.press(it("Change the password"))
    nina.sees(WRONG)
    nina.check()
    nina.fill(new_password=CHOSEN)
    nina.press(it("Change the password"))
    nina.sees(it("Your password is changed: sign in with it."))
    nina.sign_in("nina.f@example.org", CHOSEN)
    nina.visit("/profilo")

    office.visit(account)
    office.fill(reason="breve")
    office.press(it("Block the account"))
    office.confirm()
    office.sees(WRONG)
    office.check()
    office.fill(reason="Vende scarpe in ogni seduta.")
    office.press(it("Block the account"))
    office.confirm()
    office.sees(it("The account is blocked."))
    office.check()
    nina.page.goto("/profilo")
    nina.fill(email="nina.f@example.org", password=CHOSEN)
    nina.press(it("Sign in"))
    nina.sees(it("Your account is blocked: ask whoever runs this site, by name below."))
    nina.check()


def test_a_password_comes_by_mail_and_an_account_is_confirmed(arrive: Arrive, stack: Stack) -> None:
    anna, office = arrive("anna", phone=True), arrive("administrator", phone=True)
    address = "anna.n@example.org"
    anna.visit("/registrati")
    anna.fill(email=address, display_name="Anna Neri", password=SENT)
    anna.press(it("Create the account"))
    anna.sign_in(address, SENT)
    anna.visit("/profilo/conferma")
    anna.check()
    anna.visit(mailed_path(stack.place, address))
    anna.check()
    anna.press(it("Confirm my address"))
    anna.sees(it("Your address is confirmed: you can write and vote now."))
    anna.visit("/password-dimenticata")
    anna.check()
    anna.fill(email=address)
    anna.press(it("Send me the link"))
    anna.sees(it("If there is an account with this address, the mail is on its way."))
    anna.check()
    anna.visit(mailed_path(stack.place, address, "/password"))
    anna.fill(new_password=CHOSEN)
    anna.press(it("Change the password"))
    anna.sign_in(address, CHOSEN)
    anna.visit("/profilo/dati")
    anna.check()
    anna.fill(display_name="Anna Verdi")
    anna.press(it("Change the name"))
    anna.sees(it("Your name is changed."))
    anna.check()
    office.sign_in("amministratore@demo.example")
    office.visit("/amministrazione/posta")
    office.sees(it("A link for a forgotten password"))
    office.check()


def test_who_signs_out_leaves_nothing_in_the_window(arrive: Arrive) -> None:
    """Not even without a line: the window forgets before it asks the server."""
    anna = arrive("anna", phone=False)
    anna.sign_in("cittadina@demo.example")
    anna.page.goto("/profilo")
    anna.page.evaluate("sessionStorage.setItem('receipts:1', 'a receipt')")
    anna.page.locator("#profile").click()
    anna.press(it("Sign out"), within=anna.page.locator("#profile-menu"))
    anna.page.wait_for_url("**/percorso")
    assert anna.page.evaluate("sessionStorage.length") == 0
