"""The plan office takes a programme in from a file, and everybody takes its figures away."""

from __future__ import annotations

from playwright.sync_api import FilePayload, expect

from tests.support.browser_person import HERE, Arrive, Person, it
from tests.support.sheets import csv

_HEADINGS = (
    "Intervento",
    "Macrolivello",
    "Area di utenza",
    "Ente capofila",
    "Ente finanziatore",
    "Fondo",
    "Importo",
)
_BODY = "Comune di Casalecchio di Reno"


def line(title: str, amount: str, body: str = _BODY) -> tuple[str, ...]:
    return (title, "Accesso", "Povertà", _BODY, body, "PROVA", amount)


def choose(person: Person, *lines: tuple[str, ...]) -> None:
    """Choose a file with these lines, and look at what it would change."""
    file = FilePayload(name="interventi.csv", mimeType="text/csv", buffer=csv([_HEADINGS, *lines]))
    person.page.locator("main [name=file]").set_input_files(files=[file])
    person.press(it("Show what it would change"))
    expect(person.page.get_by_role("heading", level=1)).to_have_text(
        it("What the file would change")
    )
    person.check()


def test_a_programme_is_imported_on_screen(arrive: Arrive) -> None:
    office = arrive("office", phone=True)
    office.sign_in("ufficiodipiano@demo.example")
    year = open_a_year(office)
    office.visit(f"{year}/importa")
    choose(office, line("Sportello di prova", "-5"), line("Casa di prova", "1.500,50", "Ignoto"))
    expect(office.page.locator("main")).to_contain_text("riga 2, colonna G")
    office.follow(it("Choose the corrected file"))
    choose(office, line("Sportello di prova", "5"), line("Casa di prova", "1.500,50"))
    office.press(it("Import all of it"))
    expect(office.page.locator("main")).to_contain_text("Sportello di prova")
    office.check()
    visitor = arrive("visitor")
    visitor.visit(f"{year}/dati")
    with visitor.page.expect_download() as waiting:
        visitor.follow(it("Data Package"))
    assert waiting.value.suggested_filename.endswith(".zip")


def open_a_year(office: Person) -> str:
    """Have a programme and a fund to import into; returns the address of its year."""
    office.visit(f"{HERE}/programma/fondi/nuovo")
    office.fill(code="PROVA", name="Fondo di prova", source="inventato per la prova")
    office.press(it("Enter the fund"))
    office.visit(f"{HERE}/programma")
    office.press(it("Open the programme %(year)s", year=2027))
    office.visit(f"{HERE}/programma/2027")
    return f"{HERE}/programma/2027"
