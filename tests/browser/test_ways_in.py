"""Two steps, a passkey alone, SPID: the ways in, on a telephone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.support.browser_person import Person, it
from tests.support.factories import PASSWORD, Factory
from tests.support.oidc_provider import Provider
from tests.support.second_steps import PAGE, App
from tests.support.stack import Stack


@pytest.fixture
def anna(browser: Browser, stack: Stack, gateway: Provider) -> Iterator[Person]:
    """Somebody with a telephone; passkeys belong to a name, so the site is called by one."""
    named = stack.url.replace("127.0.0.1", "localhost")
    person = Person("anna", browser, named, phone=True)
    yield person
    person.leave()
    # The provider's own page has a style of another host.
    there = (gateway.url, "cdn.jsdelivr.net")
    assert [f for f in person.faults if not any(one in f for one in there)] == []


def test_a_code_a_passkey_and_spid_each_let_in(
    anna: Person, stack: Stack, gateway: Provider
) -> None:
    email = Factory(stack.database()).person(display_name="Anna Bianchi").email or ""
    app = sets_an_app_up(anna, email)
    signs_in_by_two_steps(anna, email, app)
    signs_in_by_passkey(anna)
    signs_in_by_spid(anna, gateway)


def sets_an_app_up(anna: Person, email: str) -> App:
    """Types the key into an app, and its code into the page; sees the recovery codes."""
    anna.sign_in(email, PASSWORD)
    anna.visit(PAGE)
    app = App(anna.page.locator("code.digest").inner_text().replace(" ", ""))
    anna.fill(code="000000", password=PASSWORD)
    anna.press(it("Turn the second step on"))
    anna.sees(it("Something is missing or has to be corrected"))
    anna.check()
    anna.fill(code=app.code(), password=PASSWORD)
    anna.by_keyboard(it("Turn the second step on"))
    anna.sees(it("They are shown this once only. Each counts once."))
    anna.check()
    anna.follow(it("I have written them down"))
    anna.visit(PAGE)
    return app


def signs_in_by_two_steps(anna: Person, email: str, app: App) -> None:
    """The password leads to the second step, and its code into the site."""
    leaves(anna)
    anna.visit("/accedi")
    anna.fill(email=email, password=PASSWORD)
    anna.press(it("Sign in"))
    anna.sees(it("Your password is right. Now show that it is you."))
    anna.check()
    anna.fill(code=app.code(later=1))
    anna.press(it("Sign in"))
    anna.page.wait_for_url("**/")
    anna.visit("/profilo")
    anna.sees(it("with the password and a code"))


def signs_in_by_passkey(anna: Person) -> None:
    """Adds a passkey, and needs no password any more."""
    devtools = anna.page.context.new_cdp_session(anna.page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
               "hasUserVerification": True, "isUserVerified": True}  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    anna.visit("/profilo/passkey")
    anna.fill(label="Telefono", password=PASSWORD)
    anna.press(it("Add a passkey"))
    anna.sees("Telefono")
    leaves(anna)
    anna.visit("/accedi")
    anna.press(it("Sign in with a passkey"))
    anna.page.wait_for_url("**/")
    anna.visit("/profilo")
    anna.sees(it("with a passkey"))


def signs_in_by_spid(anna: Person, gateway: Provider) -> None:
    """Links SPID on the profile, and comes back by it."""
    gateway.knows("TINIT-1", name="Anna Bianchi")
    anna.follow(it("Link SPID or CIE"))
    lets_herself_in(anna)
    anna.sees(it("SPID or CIE has let in: %(name)s. If that is not you, do not go on.",
                 name="Anna Bianchi"))  # fmt: skip
    anna.check()
    anna.fill(password=PASSWORD)
    anna.press(it("Link"))
    anna.sees(it("Linked: you can sign in with SPID or CIE from now on."))
    leaves(anna)
    anna.visit("/accedi")
    anna.follow(it("Sign in with SPID or CIE"))
    lets_herself_in(anna)
    anna.page.wait_for_url(f"{anna.url}/**/")
    anna.visit("/profilo")
    anna.sees(it("with SPID or CIE"))
    leaves(anna)
    anna.sees(it("Sign out of SPID or CIE, too"))
    anna.check()
    newcomer(anna, gateway)


def newcomer(anna: Person, gateway: Provider) -> None:
    """Somebody whom no account is linked to opens one."""
    gateway.knows("TINIT-2", name="Bruno Neri")
    anna.visit("/accedi")
    anna.follow(it("Sign in with SPID or CIE"))
    lets_herself_in(anna, "TINIT-2")
    anna.sees(it("SPID or CIE has let you in. No account here is linked to it yet."))
    anna.check()
    anna.fill(email="bruno.neri@example.org")
    anna.press(it("Open an account"))
    anna.sees(it("Your account is open. To write and vote, open the link in the mail."))


def lets_herself_in(anna: Person, sub: str = "TINIT-1") -> None:
    """Says at the provider who she is."""
    anna.page.locator("input[name=sub]").fill(sub)
    anna.page.get_by_role("button", name="Authorize", exact=True).click()


def leaves(anna: Person) -> None:
    """Signs out by the form of every page."""
    with anna.page.expect_navigation():
        anna.page.evaluate("document.querySelector('form[action=\"/esci\"]').requestSubmit()")
