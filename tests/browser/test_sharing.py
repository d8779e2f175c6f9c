"""Sharing the spending: from the figures to a stored what-if, and a participatory budget."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.support.browser_person import HERE, Arrive, Person, it
from tests.support.browser_sitting import CITIZEN, FACILITATOR, POINTS, convene_with_points

NAME = "Il doppio per il trasporto"
TOWNS = ("Casalecchio di Reno", "Monte San Pietro", "Sasso Marconi", "Valsamoggia", "Zola Predosa")


@pytest.fixture
def office(arrive: Arrive) -> Person:
    """The plan office, signed in."""
    office = arrive("office")
    office.sign_in("ufficiodipiano@demo.example")
    return office


def record_figures(office: Person) -> None:
    """Invented figures for each municipality: more of everything from one to the next."""
    for number, town in enumerate(TOWNS, 1):
        office.visit(f"{HERE}/riparto/dati?anno=2027")
        office.page.locator("main [name=body_id]").select_option(label=f"Comune di {town}")
        office.fill(
            population=str(10_000 * number), users=str(60 * (6 - number)), source="Inventati"
        )
        office.press(it("Record the figures"))
        office.sees(it("The figures are recorded."))


def write_criterion(office: Person, name: str, kind: str, **percentages: str) -> None:
    """A criterion on the figures of 2027."""
    office.visit(f"{HERE}/riparto/criteri/nuovo?anno=2027")
    office.fill(name=name, figures_year="2027", **percentages)
    office.choose(it(kind))
    office.press(it("Save the criterion"))
    office.sees(it("The criterion can be chosen now."))


def add_item(office: Person, title: str, amount: str, criterion: str) -> None:
    """Something that the municipalities pay for together in 2027."""
    office.visit(f"{HERE}/riparto/voci/nuova?anno=2027")
    office.fill(title=title, amount=amount)
    office.page.locator("main [name=criterion_id]").select_option(label=criterion)
    office.press(it("Save the item"))
    office.sees(it("The item is added, and shared by its criterion."))


def vote_on(arrive: Arrive, office: Person, stored: str) -> None:
    """A sitting sees the what-if beside its first point, and carries it."""
    chair, citizen = arrive("presidente"), arrive("cittadina", phone=True)
    chair.sign_in(FACILITATOR)
    room = convene_with_points(chair, "Chi paga")
    office.visit(stored)
    points = office.page.locator("#attach-point")
    words = re.compile(rf"Chi paga: .*{POINTS[0]}")
    points.select_option(points.locator("option", has_text=words).get_attribute("value"))
    office.press(it("Put the what-if beside the point"))
    office.sees(it("It stands beside the point now."))
    office.check()
    chair.page.reload()
    chair.press(f"{it('Start')}: {POINTS[0]}")
    chair.unfold("ask")
    chair.fill(question="Paghiamo così?")
    chair.press(it("Open the poll"))
    citizen.sign_in(CITIZEN)
    citizen.visit(room.removesuffix("/stanza"))
    citizen.follow(it("What if: %(name)s", name=NAME))
    citizen.sees("Comune di Zola Predosa")  # what each would pay, before anybody votes
    citizen.check()
    citizen.visit(room)
    panel = citizen.page.locator("#panel-poll")
    panel.get_by_role("button", name=it("I am in favour"), exact=True).click()
    expect(panel).to_contain_text(
        it("Vote recorded: {choice}. It can be changed while the poll is open.").split("{")[0]
    )
    chair.press(it("Close the poll"))
    chair.confirm()
    expect(chair.page.locator("#panel-poll")).to_contain_text(it("Carried."))


def apply(office: Person, stored: str) -> None:
    """The plan office writes what was voted into the year."""
    office.visit(stored)
    office.sees("Paghiamo così?")
    office.follow(it("Apply the what-if that was voted"))
    office.check()
    office.press(it("Apply the what-if"))
    office.confirm()
    office.sees(it("The shares that were voted stand in the year now."))
    office.sees("330.000,00")
    office.check()
    office.visit(f"{HERE}/riparto?anno=2027")
    office.sees("330.000,00")


def test_a_what_if_is_tried_out_stored_voted_and_applied(arrive: Arrive, office: Person) -> None:
    office.visit(f"{HERE}/riparto?anno=2027")
    record_figures(office)
    write_criterion(office, "Per teste", "By inhabitants")
    mixture = {"percentage_population": "50", "percentage_users": "50"}
    write_criterion(office, "Misto", "Mixed", **mixture)
    add_item(office, "Trasporto sociale", "150000", "Per teste")
    add_item(office, "Educativa di strada", "30.000,00", "Misto")
    office.visit(f"{HERE}/riparto?anno=2027")
    office.sees("Trasporto sociale")

    office.follow(it("What if it were shared otherwise?"))
    office.check()
    first = office.page.locator("[name^=amount-]").first
    first.fill("300000")
    effect = office.page.locator("#effect")
    expect(effect).to_contain_text("330.000,00")
    first.fill("-1")
    expect(effect).to_contain_text("Trasporto sociale")
    office.check()
    first.fill("300000")
    expect(effect).to_contain_text("330.000,00")
    office.page.locator("[name=name]").fill(NAME)
    office.press(it("Store the what-if"))
    office.sees(it("The what-if is stored: it can be discussed and voted on as it is."))
    office.check()
    stored = office.page.url.removeprefix(office.url)

    chair = arrive("chair", phone=True, scripts=False)
    chair.visit(f"{HERE}/riparto/simulazione?anno=2027")
    chair.page.locator("[name^=amount-]").first.fill("75000")
    chair.press(it("Show the effect"))
    chair.sees("105.000,00")
    chair.check()
    phone = arrive("phone", phone=True)
    for path in (
        stored,
        f"{HERE}/riparto?anno=2027",
        f"{HERE}/riparto/dati?anno=2027",
        f"{HERE}/riparto/simulazione?anno=2027",
    ):
        phone.visit(path)
    phone.visit(f"{HERE}/riparto?anno=2027")
    phone.follow("Misto")
    phone.check()
    vote_on(arrive, office, stored)
    apply(office, stored)


def test_a_participatory_budget_from_the_draft_to_the_result(
    arrive: Arrive, office: Person
) -> None:
    office.visit(f"{HERE}/bilancio-partecipativo")
    office.follow(it("Prepare a participatory budget"))
    office.check()
    office.fill(title="Una somma per i giovani", amount="10000")
    office.choose(it("Give points"))
    office.press(it("Prepare it"))
    for title, cost in (("Un bus la sera", "6000"), ("Una sala prove", "4000")):
        office.fill(title=title, amount=cost)
        office.press(it("Add it"))
        office.sees(title)
    office.check()
    budget = office.page.url.removeprefix(office.url)
    office.fill(closes_at="2099-12-31T12:00")
    office.press(it("Let people answer"))
    office.confirm()
    office.sees(it("People can answer now."))

    ada = arrive("ada", phone=True)
    ada.sign_in("cittadina@demo.example")
    ada.visit(budget)
    numbers = ada.page.locator("[name^=item-]")
    numbers.nth(0).fill("90")
    numbers.nth(1).fill("20")
    ada.press(it("Send my answer"))
    ada.sees(
        it("You gave %(given)s points and have %(points)s: take some back.", given=110, points=100)
    )
    ada.check()
    ada.page.locator("[name^=item-]").nth(1).fill("10")
    ada.press(it("Send my answer"))
    ada.sees(it("Your answer is counted. You can change it until the end."))
    ada.check()

    office.visit(budget)
    office.press(it("Close and count"))
    office.confirm()
    office.sees(it("The answers are counted and erased; the result is public."))
    office.check()
    ada.visit(budget)
    ada.visit(f"{HERE}/bilancio-partecipativo")
