"""The archive opened from disk: it is read, and searched, with the network off."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.support import axe
from tests.support.archives import archive, unpacked
from tests.support.factories import Factory


def test_an_archive_is_read_without_a_network(
    app: Flask, make: Factory, browser: Browser, tmp_path: Path
) -> None:
    make.proposal(title="Uno sportello", body="In ogni città, anche di sera.")
    file = tmp_path / "archivio.zip"
    archive(app, make.database, file, zone=make.zone.slug, years=make.cycle.years)
    folder = unpacked(file, tmp_path / "archivio")
    context = browser.new_context(offline=True, locale="it-IT")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / "index.html").as_uri())
    expect(page.get_by_role("navigation", name="Archivio")).to_be_visible()
    page.get_by_role("link", name="Tutte le pagine").click()
    expect(page.get_by_role("heading", name="Proposte", exact=True)).to_be_visible()
    page.get_by_role("link", name="Cerca", exact=True).click()
    page.get_by_label("Parole da cercare").fill("CITTA sportello")
    expect(page.get_by_role("status")).to_contain_text("pagin")
    assert axe.faults(page) == []
    page.locator("#found").get_by_role("link", name="Uno sportello").click()
    expect(page.get_by_text("In ogni città, anche di sera.")).to_be_visible()
    assert too_wide_for_a_phone(page, folder / "data/sito") == []
    context.close()
    assert faults == []
    assert [url for url in asked if not url.startswith("file:")] == []


def too_wide_for_a_phone(page: Page, site: Path) -> list[str]:
    """The pages that scroll sideways at 360 pixels; wide tables do by themselves."""
    page.set_viewport_size({"width": 360, "height": 780})
    found = []
    for file in sorted(site.rglob("*.html")):
        page.goto(file.as_uri())
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(file.relative_to(site).as_posix())
    return found
