"""A project of the province in the browser: one zone accepts it, another refuses it."""

from __future__ import annotations

import re

import pytest

from tests.support.browser_person import Arrive, it

AT = "/territorio/provincia-di-ravenna/programma"
PROJECT = "Un furgone per la spesa sociale"


@pytest.mark.usefixtures("province")
def test_a_project_is_accepted_by_one_zone_and_refused_by_another(arrive: Arrive) -> None:
    province = arrive("province")
    province.sign_in("provincia.ravenna@demo.example")
    province.visit(AT)
    province.follow(it("Write a project"))
    province.fill(title=PROJECT, body="Un furgone porta la spesa nelle frazioni.", amount="8000,50")
    for name in ("programme_id", "table_id"):
        province.page.locator(f"main [name={name}]").select_option(index=1)
    province.check()
    province.press(it("Write the project"))
    province.sees(it("The project is in the programme. Forward it to the zones."))
    project = province.page.url.removeprefix(province.url)
    for zone in ("Zona sociale di Ravenna", "Zona sociale di Faenza"):
        province.press(zone)
        province.confirm()
        province.sees(it("The project is forwarded: the plan office of the zone answers."))
        province.visit(project)
    province.check()

    for zone, answer, reason in (
        ("ravenna", it("Accept it into the plan of the zone"), "Le frazioni lo chiedono da tempo."),
        ("faenza", it("Do not accept it"), "Un servizio uguale c’è già, e funziona."),
    ):
        office = arrive(zone)
        office.sign_in(f"ufficio.{zone}@demo.example")
        office.visit(f"/zone/{zone}/2018-2020/progetti-provinciali")
        office.follow(re.compile(f"^{it('Answer')} *: {PROJECT}"))
        office.choose(answer)
        office.fill(reason=reason)
        office.check()
        office.press(it("Publish the answer"))
        office.confirm()
        office.sees(it("The answer is public now, with its reason."))

    reader = arrive("reader", phone=True)
    reader.visit(project)
    reader.sees("Le frazioni lo chiedono da tempo.")
    reader.sees("Un servizio uguale c’è già, e funziona.")
    reader.check()
