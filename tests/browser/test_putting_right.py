"""What was entered wrongly is put right: by its pages, at both widths, and a draft by itself."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.support.browser_person import HERE, Arrive, Person, it
from tests.support.browser_sitting import FACILITATOR, TABLE, close_sitting, convene_with_points

ADMINISTRATOR = "amministratore@demo.example"
WHY = "Era scritto in modo sbagliato."


@pytest.fixture
def draft(arrive: Arrive) -> tuple[Person, str]:
    """The facilitator with the draft of the minutes of a sitting of two points; its path."""
    facilitator = arrive("facilitator")
    facilitator.sign_in(FACILITATOR)
    room = convene_with_points(facilitator, "Una seduta da verbalizzare")
    close_sitting(facilitator)
    facilitator.visit(f"{room.removesuffix('/stanza')}/verbale")
    facilitator.waits_for(it("Approve the minutes"))
    return facilitator, facilitator.page.url.removeprefix(facilitator.url).split("#")[0]


def test_notes_and_conclusions_are_saved_each_by_itself(
    arrive: Arrive, draft: tuple[Person, str]
) -> None:
    facilitator, path = draft
    page = facilitator.page
    page.locator("[name=point_id]").select_option(index=1)
    page.locator("[name=chapter_id]").select_option(index=1)
    page.locator("#conclusion-body").fill("Si apra uno sportello.")
    facilitator.press(it("Add the conclusion"))
    facilitator.check()
    notes = page.locator("[data-piece^=nota] textarea")
    conclusion = page.locator("[data-piece^=conclusione]")
    words = ("Prima nota.", "Seconda nota.")
    for place, text in enumerate(words):
        notes.nth(place).fill(text)
    conclusion.locator("textarea").fill("Si aprano due sportelli.")
    saved = re.compile(it("Saved at {time}").partition("{")[0])
    written = page.locator("[data-piece^=nota] [data-status]")
    for status in (written.nth(0), written.nth(1), conclusion.locator("[data-status]")):
        expect(status).to_have_text(saved)
    facilitator.check()
    facilitator.visit(path)
    for place, text in enumerate(words):
        expect(notes.nth(place)).to_have_value(text)
    expect(conclusion.locator("textarea")).to_have_value("Si aprano due sportelli.")
    facilitator.follow(it("What conclusion %(rank)s said before", rank=1))
    facilitator.sees("Si apra uno sportello.")
    facilitator.check()
    _without_scripts(arrive, path)


def _without_scripts(arrive: Arrive, path: str) -> None:
    """One button saves both notes; and what somebody else wrote meanwhile is not overwritten."""
    plain = arrive("plain", phone=True, scripts=False)
    plain.sign_in(FACILITATOR)
    plain.visit(path)
    notes = plain.page.locator("[data-piece^=nota] textarea")
    for place in (0, 1):
        notes.nth(place).fill(f"Nota {place} senza script.")
    plain.page.locator("[data-piece^=nota] button").first.click()
    plain.sees(it("Notes and conclusions are saved."))
    for place in (0, 1):
        expect(notes.nth(place)).to_have_value(f"Nota {place} senza script.")


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_an_administrator_puts_an_organisation_and_a_table_right(
    arrive: Arrive, phone: bool
) -> None:
    admin = arrive("admin", phone=phone)
    admin.sign_in(ADMINISTRATOR)
    admin.visit(f"{HERE.rpartition('/')[0]}/amministrazione/organizzazioni")
    name = f"Associazione di prova {'telefono' if phone else 'tavolo'}"
    admin.fill(name=name)
    admin.page.locator("[name=category]").select_option(index=3)
    admin.press(it("Add to the register"))
    admin.follow(name)
    admin.check()
    admin.follow(it("Correct name or kind"))
    admin.check()
    admin.fill(name=f"{name} corretta", reason=WHY)
    admin.press(it("Save"))
    admin.sees(WHY)
    admin.check()
    admin.follow(it("Withdraw the organisation"))
    admin.check()
    admin.fill(reason="Si è sciolta a giugno.")
    admin.press(it("Withdraw"))
    admin.sees("Si è sciolta a giugno.")
    admin.check()
    admin.follow(it("Bring it back"))
    admin.fill(reason="Era un errore.")
    admin.press(it("Bring it back"))
    admin.visit(f"{HERE}{TABLE}")
    admin.follow(it("Correct or close the table"))
    admin.check()
    admin.fill(coordinator="Coordinatrice di prova" if phone else "Un nome", reason=WHY)
    admin.press(it("Save"))
    admin.check()
    admin.visit(f"{HERE}{TABLE}/com-era-prima")
    admin.sees(WHY)


def test_a_document_is_replaced_and_withdrawn(arrive: Arrive) -> None:
    facilitator = arrive("facilitator")
    facilitator.sign_in(FACILITATOR)
    facilitator.visit(f"{HERE}{TABLE}")
    facilitator.follow(it("Publish a document"))
    facilitator.fill(title="Dati di prova")
    for name in ("dati.txt", "dati-2.txt"):
        file = {"name": name, "mimeType": "text/plain", "buffer": name.encode()}
        facilitator.page.locator("[name=file]").set_input_files(file)  # type: ignore[arg-type]
        if name == "dati.txt":
            facilitator.press(it("Publish"))
            facilitator.page.locator("li", has_text="Dati di prova").first.get_by_role(
                "link", name=re.compile(it("Versions and corrections"))
            ).click()
            facilitator.check()
            facilitator.follow(it("Replace the document"))
            facilitator.check()
    facilitator.fill(reason=WHY)
    facilitator.press(it("Publish the new version"))
    facilitator.sees(it("No longer valid"))
    facilitator.check()
    facilitator.follow(it("Withdraw the document"))
    facilitator.fill(reason="Conteneva un nome.")
    facilitator.press(it("Withdraw"))
    facilitator.sees("Conteneva un nome.")
    facilitator.check()
    facilitator.visit(f"{HERE}{TABLE}")
    facilitator.sees(it("Withdrawn"))
