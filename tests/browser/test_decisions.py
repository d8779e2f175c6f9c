"""Strategies and decisions in the browser: entered by the office, read on a phone."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.support.browser_person import Arrive, it

AT = "/zone/sesto-calende/2015-2017/piano/decisioni"
NEED = "Leggere i bisogni della comunità locale"


@pytest.mark.usefixtures("sesto_calende")
def test_a_decision_is_followed_from_its_need_to_the_paragraph(arrive: Arrive) -> None:
    office = arrive("office")
    office.sign_in("ufficio.sesto-calende@demo.example")
    office.visit(AT)
    office.follow(it("Set a strategy"))
    office.fill(title="Servizi vicini a casa")
    office.check()
    office.press(it("Save"))
    office.follow(re.compile(f"^{it('Enter a decision')} *: Servizi vicini a casa"))
    office.fill(title="Uno sportello in ogni comune", decided_by="Assemblea dei Comuni")
    office.fill(decided_on=date(2015, 4, 2).isoformat())
    office.choose(NEED)
    office.press(it("Save"))
    office.sees(it("Say by what it was decided: an act, a sitting, an outcome, or in words."))
    office.check()
    office.page.locator("main [name=act_id]").select_option(index=1)
    office.press(it("Save"))
    office.sees(NEED)
    office.check()
    decision = office.page.url.removeprefix(office.url)

    chapter = "/zone/sesto-calende/2015-2017/piano/capitoli/1"
    office.visit(f"{chapter}/nuovo-paragrafo")
    office.fill(body="Ogni comune ha uno sportello sociale.")
    office.press(it("Add the paragraph"))
    office.visit(chapter)
    block = office.page.locator("main [id^=paragrafo-]").last.get_attribute("id") or ""
    office.visit(f"/piano/paragrafi/{block.removeprefix('paragrafo-')}")
    office.follow(it("Say which decisions it carries out"))
    office.choose("Uno sportello in ogni comune")
    office.check()
    office.press(it("Save"))
    office.sees("Uno sportello in ogni comune")

    reader = arrive("reader", phone=True)
    reader.visit(AT)
    reader.check()
    reader.follow("Uno sportello in ogni comune")
    reader.check()
    reader.follow(re.compile("^Ogni comune ha uno sportello"))
    reader.visit(decision)
    reader.follow(NEED)
    reader.sees(NEED)
