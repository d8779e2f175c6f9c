"""One running product and one Chromium for all browser tests; a context for each person."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from consultazione.config import ROOT
from tests.support.answering import REPLIES
from tests.support.browser_person import Arrive, Person
from tests.support.chromium import find, required
from tests.support.oidc_provider import Provider, running_provider
from tests.support.stack import Stack, running_stack

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    """An OpenID provider in place of the gateway of SPID and CIE."""
    with running_provider(tmp_path_factory.mktemp("gateway") / "log") as provider:
        yield provider


@pytest.fixture(scope="session")
def stack(gateway: Provider) -> Iterator[Stack]:
    """The whole product with one zone in one cycle, of those that the demo holds."""
    settings = {**gateway.settings, "REPLY_ADDRESS": REPLIES}
    with running_stack(demo=False, settings=settings) as stack:
        load(stack, "reno-lavino-samoggia")
        yield stack


@pytest.fixture(scope="session")
def province(stack: Stack) -> None:
    """The three zones of the demo that a province coordinates."""
    load(stack, "ravenna", "faenza", "bassa-romagna", "provincia-di-ravenna")


@pytest.fixture(scope="session")
def sesto_calende(stack: Stack) -> None:
    """The zone of the demo that sets strategies."""
    load(stack, "sesto-calende")


def load(stack: Stack, *names: str) -> None:
    """Load files of the demo."""
    loaded = stack.run("import", *(str(ROOT / "demo" / f"{name}.yaml") for name in names))
    assert loaded.returncode == 0, loaded.stderr


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a screen."""
    path = find()
    if path is None:
        if required():
            pytest.fail("no Chromium: set CHROMIUM, or install Debian's package chromium")
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(path), args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def arrive(browser: Browser, stack: Stack) -> Iterator[Arrive]:
    """Somebody opens a browser of their own; at the end nobody may have seen a fault."""
    people: list[Person] = []

    def make(name: str, *, phone: bool = False, scripts: bool = True) -> Person:
        people.append(Person(name, browser, stack.url, phone=phone, scripts=scripts))
        return people[-1]

    yield make
    for person in people:
        person.leave()
    assert [fault for person in people for fault in person.faults] == []
