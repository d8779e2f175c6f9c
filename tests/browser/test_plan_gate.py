"""A plan is approved only when it is complete: each gap is named, led to, and closed by clicks."""

from __future__ import annotations

import pytest

from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Role
from consultazione.people.commands.roles import give_role
from consultazione.plan.approval.gate import gaps
from tests.support.browser_person import Arrive, Person, it
from tests.support.factories import PASSWORD, Factory
from tests.support.stack import Stack

TEXT = "Nasce uno sportello in ogni Comune."
READY = it("Declare the plan ready")


@pytest.fixture
def make(stack: Stack) -> Factory:
    """A zone with its chapters, and a contribution that waits for its answer."""
    make = Factory(stack.database())
    make.contributions("Aprire uno sportello.")
    return make


@pytest.fixture
def office(arrive: Arrive, make: Factory) -> Person:
    """Somebody of the plan office."""
    email = make.person().email or ""
    with make.database.transaction(SYSTEM) as tx:
        give_role(tx, zone_id=make.zone.id, email=email, role=Role.PLAN_OFFICE)
    person = arrive("office")
    person.sign_in(email, PASSWORD)
    return person


def missing(make: Factory) -> int:
    """How many things the plan lacks."""
    with make.database.snapshot() as session:
        return len(gaps(session, make.cycle.id))


def is_held_back(office: Person) -> None:
    """The plan cannot be declared ready: the page says so instead of offering it."""
    office.sees(it("The plan can be declared ready when nothing of the above is missing."))
    office.does_not_see(READY)
    office.check()


def close_the_first_gap(office: Person) -> None:
    """Follow the first thing that is missing to its page, and do there what is to be done."""
    office.page.locator("#manca + ul a").first.click()
    office.sees(it("Contributions and answers"))
    office.check()
    if "#contributi" in office.page.url:
        office.page.get_by_role("link", name=it("Answer contribution %(number)s", number=1)).click()
        office.choose(it("Take it in: it becomes a paragraph of the chapter"))
        office.fill(reason="Serve a tutti.", body=TEXT)
        office.press(it("Save the answer"))
        office.confirm()
        office.page.get_by_text(it("The answer is saved, with its reason.")).first.wait_for()
    else:
        office.page.get_by_role("link", name=it("Write a paragraph")).click()
        office.fill(body=TEXT)
        office.press(it("Add the paragraph"))
        office.page.get_by_text(
            it("The paragraph stands at the end of the chapter.")
        ).first.wait_for()
    office.check()


def test_a_plan_is_approved_only_when_nothing_is_missing(office: Person, make: Factory) -> None:
    state = f"{make.here}/piano/stato"
    office.visit(state)
    office.press(it("Put the plan up for comments"))
    office.does_not_see(it("Approve the plan"))
    total = missing(make)
    for left in range(total, 0, -1):
        office.visit(state)
        assert office.page.locator("#manca + ul a").count() == left
        if left in {1, total}:
            is_held_back(office)
        close_the_first_gap(office)
    office.visit(f"{make.here}/percorso/atti/nuovo")
    today = clock.today().isoformat()
    office.page.locator("[name=kind]").select_option("approval")
    office.fill(title="Delibera di approvazione", on_day=today, source="Albo pretorio")
    office.press(it("Record the act"))
    office.page.get_by_text(it("The act is in the register.")).first.wait_for()
    office.visit(state)
    office.sees(it("Nothing: every mandatory chapter has text, and everything that was said has its"
                   " answer."))  # fmt: skip
    office.press(READY)
    office.confirm()
    office.page.locator("[name=act_id]").select_option(label="Delibera di approvazione")
    office.press(it("Approve the plan"))
    office.confirm()
    office.sees(it("Approved by: %(act)s, %(day)s.").partition("%")[0])
    office.check()
    office.visit(f"{make.here}/piano/capitoli/2/nuovo-paragrafo")
    office.fill(body="Ancora una cosa.")
    office.press(it("Add the paragraph"))
    office.sees(it("The plan is approved: its text stands."))
