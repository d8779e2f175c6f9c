"""A proxy in browsers: the rule allows it, a delegate gives it, another votes for both."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.support.browser_person import Arrive, Person, it, tonight

TABLE = "/tavoli/domiciliarita-e-prossimita"  # where the two associations have seats
PANEL = "#panel-poll"


def convene(facilitator: Person) -> str:
    """The address of a sitting that has just been convened."""
    facilitator.sign_in("facilitatore@demo.example")
    facilitator.visit(TABLE)
    facilitator.follow(it("Convene a sitting"))
    facilitator.fill(title="Le deleghe", place="Sala civica", starts_at=tonight())
    facilitator.press(it("Convene the sitting"))
    return facilitator.page.url.removeprefix(facilitator.url)


def allow(office: Person) -> None:
    """The plan office writes that a person may hold one proxy, and organisations vote."""
    office.sign_in("ufficiodipiano@demo.example")
    office.visit(f"{TABLE}/regola")
    office.page.locator("input[name=vote][value=organisations] + label").click()
    office.fill(proxies="1")
    office.check()
    office.page.locator("main form.form button[type=submit]").last.click()
    office.sees(it("Proxies that a person may hold"))


def test_a_vote_is_given_by_proxy_and_cast(arrive: Arrive) -> None:
    office, chair = arrive("office"), arrive("chair")
    giver, holder = arrive("giver", phone=True), arrive("holder", phone=True)
    allow(office)
    sitting = convene(chair)
    giver.sign_in("cooperativa@demo.example")
    giver.visit(sitting)
    giver.follow(it("Proxies for the sitting"))
    giver.check()
    giver.fill(holder="associazione@demo.example", written_act="Lettera del 1° marzo, prot. 12")
    giver.press(it("Give the proxy"))
    giver.sees("Lettera del 1° marzo, prot. 12")
    giver.check()
    chair.visit(f"{sitting}/deleghe")
    chair.sees(it("Register a proxy at the desk"))
    chair.check()
    chair.visit(f"{sitting}/stanza")
    chair.press(it("Open the sitting"))
    chair.confirm()
    holder.sign_in("associazione@demo.example")
    holder.visit(f"{sitting}/stanza")
    chair.unfold("ask")
    chair.fill(question="Apriamo lo sportello?")
    chair.press(it("Open the poll"))
    panel = holder.page.locator(PANEL)
    expect(panel).to_contain_text("Carla Cooperativa")
    otherwise = panel.locator("details", has_text="Carla Cooperativa")
    otherwise.locator("summary").click()
    holder.check()
    otherwise.get_by_role("button", name=f"{it('I am against')}: Carla Cooperativa").click()
    holder.press(it("I am in favour"), within=panel)
    expect(panel).to_contain_text(
        it("Voted by proxy for {name}: {choice}.").split("{")[0] + "Carla Cooperativa"
    )
    holder.check()
    chair.press(it("Close the poll"))
    chair.confirm()
    holder.follow(it("Who voted what, by name"))
    holder.sees("Bruno Associazione per delega di Carla Cooperativa")
    holder.check()
