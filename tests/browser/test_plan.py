"""The plan from the office's editor to a comment of a citizen, and the gate before approval."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.support.browser_person import HERE, Arrive, Person, it
from tests.support.documents import docx_of

CHAPTER = f"{HERE}/piano/capitoli/3"
FIRST = "Nasce uno sportello in ogni Comune. È aperto ogni giorno."


@pytest.fixture
def office(arrive: Arrive) -> Person:
    person = arrive("office")
    person.sign_in("ufficiodipiano@demo.example")
    return person


@pytest.fixture
def block(office: Person) -> str:
    """A paragraph that the office has written; the path of its page."""
    office.visit(f"{CHAPTER}/nuovo-paragrafo")
    office.fill(body=FIRST)
    office.press(it("Add the paragraph"))
    office.check()
    link = office.page.locator(".block-page a").last.get_attribute("href")
    assert link
    return link


def test_two_editors_keep_both_texts_and_a_browser_keeps_a_draft(
    arrive: Arrive, office: Person, block: str
) -> None:
    other = arrive("other", phone=True)
    other.sign_in("ufficiodipiano@demo.example")
    for editor in (office, other):
        editor.visit(f"{block}/modifica")
        editor.check()
    office.fill(body="Nascono due sportelli.", reason="Uno non basta.")
    office.page.locator("[name=reason]").press("Control+Enter")
    office.sees("Nascono due sportelli.")
    other.fill(body="Nasce uno sportello mobile.", reason="Arriva ovunque.")
    other.press(it("Save the change"))
    other.sees("Nascono due sportelli.")
    expect(other.page.locator("[name=body]")).to_have_value("Nasce uno sportello mobile.")
    other.check()
    other.press(it("Save the change"))
    other.visit(block)
    other.sees("Nasce uno sportello mobile.")
    other.check()
    office.visit(f"{block}/modifica")
    office.fill(body="Un testo non salvato.")
    office.visit(f"{block}/modifica")
    office.sees(it("This browser kept a text that you did not save."))
    office.press(it("Take it up again"))
    expect(office.page.locator("[name=body]")).to_have_value("Un testo non salvato.")
    office.page.evaluate("localStorage.clear()")


def test_a_draft_is_commented_on_answered_and_held_back_by_what_is_missing(
    arrive: Arrive, office: Person, block: str
) -> None:
    office.visit(f"{HERE}/piano/stato")
    office.check()
    office.press(it("Put the plan up for comments"))
    citizen = arrive("citizen", phone=True)
    citizen.sign_in("cittadina@demo.example")
    citizen.visit(block)
    citizen.follow(it("Comment on this block"))
    citizen.fill(body="Manca l’orario di apertura.")
    citizen.press(it("Publish the comment"))
    citizen.sees("Manca l’orario di apertura.")
    citizen.check()
    citizen.follow(it("Suggest a change"))
    citizen.fill(body="Nascono due sportelli.", reason="Uno solo non basta a tutti.")
    citizen.press(it("Publish the suggestion"))
    citizen.check()
    office.visit(f"{HERE}/piano/stato")
    office.does_not_see(it("Declare the plan ready"))
    office.sees(it("A suggested change of chapter %(number)s is not decided.") % {"number": 3})
    office.check()
    office.visit(block)
    office.follow(it("Decide on this suggestion"))
    office.check()
    office.choose(it("Leave the text as it is"))
    office.fill(reason="Per ora uno.")
    office.press(it("Publish the decision"))
    office.follow(it("Answer this comment"))
    office.fill(answer="L’orario sarà nel programma.")
    office.press(it("Publish the answer"))
    citizen.visit(block)
    citizen.sees("L’orario sarà nel programma.")
    for path in (
        f"{HERE}/piano",
        f"{HERE}/piano/bisogni",
        f"{HERE}/piano/senza-risposta",
        f"{HERE}/piano/intero",
    ):
        citizen.visit(path)
        citizen.check()


def _two_chapters(document: Any) -> None:
    """What an office has written in its word processor."""
    document.add_heading("Il contesto", 1)
    document.add_paragraph("La zona ha dieci Comuni.")
    document.add_paragraph("anziani", style="List Bullet")
    document.add_heading("Gli sportelli", 1)
    document.add_paragraph("Gli sportelli sono aperti ogni giorno.")
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Orari"
    table.cell(1, 0).text = "lunedì"
    table.cell(1, 1).text = "9–13"
    document.add_table(1, 1).cell(0, 0).text = "Un riquadro con un avviso."


@pytest.mark.parametrize("phone", [False, True])
def test_a_document_is_looked_at_and_one_part_of_it_taken_in(arrive: Arrive, phone: bool) -> None:
    person = arrive("importer", phone=phone)
    person.sign_in("ufficiodipiano@demo.example")
    person.visit(CHAPTER)
    person.follow(it("Take in a document (DOCX or ODT)"))
    person.check()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    content = docx_of(_two_chapters)
    for name in ("Piano.docm", "Piano.docx"):
        chosen = {"name": name, "mimeType": kind, "buffer": content}
        person.page.set_input_files("main [name=file]", files=[chosen])
        person.press(it("Show what it would become"))
        if name == "Piano.docm":
            person.sees(it("Something is missing or has to be corrected"))
            person.check()
    person.sees("La zona ha dieci Comuni.")
    person.check()
    person.follow("Gli sportelli")
    person.does_not_see("La zona ha dieci Comuni.")
    person.check()
    person.press(it("Add these blocks to the chapter"))
    person.sees("Gli sportelli sono aperti ogni giorno.")
    person.check()
    own = ".block-page a:not([href*=osservazioni])"
    page = person.page.locator(own).last.get_attribute("href")
    assert page
    person.visit(page)
    person.sees("Piano.docx")
