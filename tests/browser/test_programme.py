"""An intervention from the need that it answers to the charts of its year."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.support.browser_person import HERE, Arrive, it

TITLE = "Empori solidali di quartiere"


def test_from_a_need_to_the_charts(arrive: Arrive) -> None:
    office = arrive("ufficio di piano")
    office.sign_in("ufficiodipiano@demo.example")
    office.visit(f"{HERE}/")
    menu = office.page.get_by_role("navigation", name=it("Main menu"))
    menu.get_by_role("link", name=it("Programme")).click()
    office.follow(it("The register of funds"))
    office.follow(it("Enter a fund"))
    office.check()
    office.fill(code="DIM", name="Fondo dimostrativo")
    office.press(it("Enter the fund"))
    office.sees(it("The fund is in the register."))
    menu.get_by_role("link", name=it("Programme")).click()
    office.press(it("Open the programme %(year)s", year=2025))
    office.sees(it("The programme is open: put its interventions in."))
    office.check()
    programme = urlsplit(office.page.url).path
    office.follow(it("Add an intervention"))
    office.check()
    office.fill(title=TITLE)
    office.choose(it("Project"))
    need = office.page.locator("main fieldset:has([name=priority_ids]) label").first
    words = need.inner_text()
    need.click()
    for name in ("level", "area", "lead_body_id"):
        office.page.locator(f"main [name={name}]").select_option(index=3)
    office.press(it("Save the sheet"))
    office.check()
    office.fill(total="1.234,50", amount="1.234,49")
    office.page.locator("main [name=fund_id]").first.select_option(label="Fondo dimostrativo")
    office.press(it("Share out the cost"))
    office.sees("0,01")  # is missing, and nothing that was typed is lost
    office.check()
    office.fill(amount="1.000,50")
    office.page.locator("main [name=amount]").nth(1).fill("234")
    office.page.locator("main [name=fund_id]").nth(1).select_option(label="Fondo dimostrativo")
    office.press(it("Share out the cost"))
    office.sees(it("The cost is shared out."))
    office.check()
    office.follow(it("Add a resource"))
    office.check()
    office.choose(it("Professional: people who work there"))
    office.fill(description="Educatrici", quantity="2,5", unit="persone")
    office.press(it("Add the resource"))
    office.sees("2,5 persone")
    office.check()

    reader = arrive("chi legge", phone=True, scripts=False)
    reader.visit(programme)
    answer = reader.page.locator("#bisogni + ul > li").filter(has_text=words)
    expect(answer).to_contain_text(TITLE)
    amounts = reader.page.locator("#chi-paga + div .chart__amount")
    expect(amounts).to_have_text(["1.000,50\u00a0€", "234,00\u00a0€"])
    answer.get_by_role("link", name=TITLE).click()
    reader.sees("Fondo dimostrativo")
    reader.sees("Educatrici")
    reader.check()
