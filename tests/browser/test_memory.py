"""Past cycles in the browser: kept, searched, compared with the present one, and assessed."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.support.browser_person import HERE, Arrive, it
from tests.support.office_files import pdf

YEARS = "2003-2005"
PRIORITY = "Trasporto sociale nelle frazioni"


def test_a_cycle_is_compared_with_the_present_one(arrive: Arrive, tmp_path: Path) -> None:
    plan = tmp_path / "piano.pdf"
    plan.write_bytes(pdf("Gli sportelli sociali del distretto", "Un mezzo per le frazioni"))
    office = arrive("office")
    office.sign_in("ufficiodipiano@demo.example")
    office.visit(f"{HERE}/")
    home = office.page.locator("nav a", has_text=it("Plan")).first.get_attribute("href") or ""
    memory = f"{home.removesuffix('/piano')}/memoria"
    office.visit(home)
    office.follow(it("What was planned before, and what became of it"))
    office.follow(it("Add a past cycle"))
    first, last = YEARS.split("-")
    office.fill(first_year=first, last_year=last)
    office.press(it("Add the cycle"))
    office.follow(it("Write down a priority"))
    office.fill(title=PRIORITY, source="Piano, p. 2")
    office.press(it("Write it down"))
    office.sees(PRIORITY)

    office.visit(memory)
    office.follow(it("Add a document"))
    office.fill(title="Piano di zona", first_year=first, last_year=last, source="Archivio")
    office.page.locator("main [name=kind]").select_option("plan")
    office.page.locator("main [name=file]").set_input_files(plan)
    office.press(it("Add the document"))
    office.sees("Un mezzo per le frazioni")
    office.check()

    compared = memory.replace("/memoria", f"/confronto/{YEARS}")
    office.visit(compared)
    office.follow(it("Say what became of a priority"))
    office.choose(it("Dropped", of="priority"))
    office.page.locator("main [name=earlier_id]").select_option(label=PRIORITY)
    office.fill(note="Passato ai Comuni.")
    office.check()
    office.press(it("Say it"))
    office.sees("Passato ai Comuni.")

    office.visit(f"{memory}/{YEARS}")
    office.follow(re.compile(f"^{re.escape(it('Assess'))}"))
    office.choose(it("Not done"))
    office.fill(evidence="Nessun mezzo acquistato.", source="Bilancio 2005")
    office.press(it("Publish the assessment"))
    assessed = office.page.url.removeprefix(office.url)

    delegate = arrive("delegate")
    delegate.sign_in("associazione@demo.example")
    delegate.visit(assessed)
    delegate.fill(body="Nelle frazioni lo aspettano ancora.")
    delegate.press(it("Publish the comment"))
    delegate.confirm()
    delegate.sees("Nelle frazioni lo aspettano ancora.")

    reader = arrive("reader", phone=True)
    for path in (memory, f"{memory}/{YEARS}", compared, assessed):
        reader.visit(path)
    reader.visit(f"{memory}?q=sportello+sociale")
    expect(reader.page.locator("main mark")).to_have_text(["sportelli", "sociali"])
    reader.follow(re.compile("^Piano di zona"))
    reader.sees("Gli sportelli sociali del distretto")
    reader.check()
