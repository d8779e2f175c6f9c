"""Somebody in front of a browser, who reads Italian and acts on what they read."""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, expect

from consultazione.config import ROOT
from consultazione.core import clock
from tests.support import axe
from tests.support.waiting import wait_until

PASSWORD = "dimostrazione-2018"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1440, "height": 900}

expect.set_options(timeout=15_000)
_NAME_IN_FOCUS = r"""(one => (one.ariaLabel || one.labels?.[0]?.textContent || one.textContent)
    .trim().replace(/\s+/g, " "))(document.activeElement)"""
# Where somebody has signed in by the form: at which width, with scripts or without.
_SIGNED_IN_BY_FORM: set[tuple[int | None, bool]] = set()
_CATALOGUE = gettext.translation("messages", ROOT / "consultazione" / "translations", ["it"])


def it(english: str, *, of: str | None = None, **values: object) -> str:
    """A sentence of the catalogue as it stands on an Italian screen.

    of: what it is said of, where the catalogue has the same English word more than once.
    """
    italian = _CATALOGUE.pgettext(of, english) if of else _CATALOGUE.gettext(english)
    assert italian != english, f"not translated: {english}"
    return italian % values if values else italian


def tonight() -> str:
    """The last minute of today in Italy, as a form's field has it: not over, and of this day."""
    return f"{clock.today()}T23:59"


# How the addresses of the demonstration's cycle begin.
HERE = "/zone/reno-lavino-samoggia/2025-2027"


class Person:
    """A browser context of one person; notes every fault that a reader would meet.

    faults: errors of scripts, requests to other hosts, pages wider than the screen, and
    what axe finds.
    """

    def __init__(
        self, name: str, browser: Browser, url: str, *, phone: bool, scripts: bool = True
    ) -> None:
        self.name = name
        self.url = url
        self._scripts = scripts
        self.faults: list[str] = []
        self._context = browser.new_context(
            base_url=url,
            locale="it-IT",
            java_script_enabled=scripts,
            timezone_id="Europe/Rome",
            viewport=PHONE if phone else DESK,  # type: ignore[arg-type]
        )
        self.page: Page = self._context.new_page()
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.faults.append(f"{name}: {error}"))
        self.page.on("request", self._note_request)

    def visit(self, path: str) -> None:
        """Open a page, which must be there, and check it."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"
        self.check()

    def check(self) -> None:
        """Look at the page with axe, and whether it fits the screen."""
        path = urlsplit(self.page.url).path
        self.page.wait_for_load_state("load")
        if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            self.faults.append(f"{self.name}: {path} is wider than the screen")
        if not self._scripts:
            return  # axe is one
        self.faults += [f"{self.name}: {path}: {fault}" for fault in axe.faults(self.page)]

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        """Sign in: the first person with a screen of that kind types into the form.

        For all others their browser sends the same form without drawing it, and stays where it is.
        """
        screen = ((self.page.viewport_size or {}).get("width"), self._scripts)
        if screen in _SIGNED_IN_BY_FORM:
            self._send_sign_in(email, password)
        else:
            self._type_sign_in(email, password)
            _SIGNED_IN_BY_FORM.add(screen)

    def _type_sign_in(self, email: str, password: str) -> None:
        self.visit("/accedi")
        self.fill(email=email, password=password)
        self.press(it("Sign in"))
        expect(self.page.get_by_role("heading", level=1)).not_to_have_text(it("Sign in"))

    def _send_sign_in(self, email: str, password: str) -> None:
        form = self.page.request.get("/accedi").text()
        token = re.search(r'name="csrf-token" content="([^"]+)"', form)
        assert token, form
        fields = {"csrf_token": token[1], "email": email, "password": password}
        answer = self.page.request.post("/accedi", form=fields, max_redirects=0)
        assert answer.status == HTTPStatus.FOUND, f"{email}: {answer.status}"

    def fill(self, **fields: str) -> None:
        """Fill in fields of the page's main form by their names."""
        for name, value in fields.items():
            self.page.locator(f"main [name={name}]:not([type=hidden])").first.fill(value)

    def choose(self, label: str) -> None:
        """Choose the answer of that name: as fingers do, by its words."""
        choices = self.page.locator("main label")
        choices.filter(has_text=re.compile(rf"^\s*{re.escape(label)}")).first.click()

    def press(self, label: str, *, within: Locator | None = None) -> None:
        """Press the button of that name, which must be one that can be pressed."""
        place = within or self.page.locator("main")
        place.get_by_role("button", name=label, exact=True).first.click()

    def tab_to(self, label: str) -> None:
        """Go with the Tab key, from where the focus is, to the control that begins with a name."""
        for _ in range(200):
            self.page.keyboard.press("Tab")
            if str(self.page.evaluate(_NAME_IN_FOCUS)).startswith(label):
                return
        raise AssertionError(f"no way by keyboard to {label}")

    def by_keyboard(self, *labels: str) -> None:
        """Go to each of these controls with the Tab key, and press it with the Enter key."""
        for label in labels:
            self.tab_to(label)
            self.page.keyboard.press("Enter")

    def confirm(self) -> None:
        """Say yes in the dialog that asks whether one means it."""
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("button", name=it("Confirm"), exact=True).click()

    def unfold(self, *names: str) -> None:
        """Open these folds of a sitting's room, by their names, where they are not open."""
        for name in names:
            fold = self.page.locator(f"#fold-{name}")
            tabs = self.page.locator(f"[role=tabpanel]:has(#fold-{name}):not([data-chosen])")
            if tabs.count() and not fold.is_visible():  # in the chair's console, on a laptop
                self.page.locator(f"[aria-controls={tabs.get_attribute('id')}]").click()
            expect(fold).to_be_visible()
            if fold.get_attribute("open") is None:
                fold.locator("summary").first.click()

    def follow(self, label: str | re.Pattern[str]) -> None:
        """Follow the first link of that name in the page."""
        self.page.locator("main").get_by_role("link", name=label).first.click()

    def sees(self, text: str | re.Pattern[str]) -> None:
        """The page shows these words, now or within a moment."""
        expect(self.page.locator("main")).to_contain_text(text)

    def does_not_see(self, text: str | re.Pattern[str]) -> None:
        """The page does not show these words, or soon shows them no more."""
        expect(self.page.locator("main")).not_to_contain_text(text)

    def finds(self, path: str, label: str | re.Pattern[str]) -> None:
        """Visit a page until a worker has put a link of that name there, and follow it."""
        link = self.page.locator("main").get_by_role("link", name=label).first

        def is_there() -> bool:
            self.visit(path)
            return link.count() > 0

        wait_until(is_there, within=30, what=label)
        link.click()

    def waits_for(self, label: str) -> None:
        """A worker is at it: the page says when there is news, and then shows the button."""
        button = self.page.locator("main").get_by_role("button", name=label, exact=True)
        for _ in range(3):  # one piece of work may bring news more than once
            expect(button.or_(self.page.locator("[data-news]:visible"))).to_be_visible()
            if button.is_visible():
                return
            self.follow(it("Show it"))
        expect(button).to_be_visible()

    def leave(self) -> None:
        """Close the browser."""
        self._context.close()

    def _note_console(self, message: ConsoleMessage) -> None:
        refused = "status of 422" in message.text  # a form that names what is to be corrected
        if message.type in {"error", "warning"} and not refused:
            self.faults.append(f"{self.name}: {self.page.url}: {message.text}")

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((self.url, self.url.replace("http", "ws", 1), "data:")):
            self.faults.append(f"{self.name}: asks {request.url}")


# Opens a browser of their own for somebody: `arrive("Ada", phone=True)`.
Arrive = Callable[..., Person]
