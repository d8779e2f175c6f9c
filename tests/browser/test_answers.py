"""A proposal is evaluated and answered, another one forwarded; a survey is answered and closed."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.support.browser_person import HERE, Arrive, Person, it

ADMIN = "/zone/reno-lavino-samoggia/amministrazione"
TITLE = "Uno sportello unico per chi assiste un familiare"
AWAY = "Gruppi di cammino in ogni frazione"
TABLE = f"{HERE}/tavoli/domiciliarita-e-prossimita"
NOTE, REASONS = "Chiedere all’ufficio quanto costa.", "Si comincia da due Comuni, nel 2026."
FEW = "Too few people answered: no numbers are shown, so that nobody can be recognised."
BODY = "Regione, Settore mobilità"


def test_from_the_evaluator_to_the_published_answer(arrive: Arrive) -> None:
    chair, office = arrive("coordinator", phone=True), arrive("office", phone=False)
    visitor = arrive("visitor", phone=True)
    chair.sign_in("coordinatrice@demo.example")
    office.sign_in("ufficiodipiano@demo.example")
    days_are_set(office)
    page = it_is_assigned(chair)
    it_is_evaluated(office, page)
    visitor.visit(f"{HERE}/proposte/in-attesa-di-risposta")
    visitor.sees(TITLE)
    answers_are_published(chair)
    visitor.visit(f"{HERE}/proposte/in-attesa-di-risposta")
    visitor.does_not_see(TITLE)
    visitor.visit(page)
    visitor.sees(REASONS)
    visitor.does_not_see(NOTE)
    visitor.follow(it("All answers of that day"))
    visitor.sees(TITLE)
    visitor.check()


def test_a_proposal_goes_to_another_body(arrive: Arrive) -> None:
    office, visitor = arrive("office", phone=True), arrive("visitor", phone=False)
    office.sign_in("ufficiodipiano@demo.example")
    office.visit(f"{ADMIN}/enti-destinatari")
    office.fill(name=BODY, address="mobilita@example.org")
    office.press(it("Add the body"))
    office.sees("mobilita@example.org")
    office.check()
    office.visit(f"{HERE}/proposte")
    office.follow(AWAY)
    office.follow(it("Forward to another body"))
    office.check()
    office.page.get_by_label(it("To which body")).select_option(label=BODY)
    office.fill(reason="I sentieri sono della Regione.")
    office.press(it("Forward"))
    office.confirm()
    office.sees(it("There is no reply yet."))
    office.check()
    visitor.visit(f"{HERE}/proposte")
    visitor.sees(it("Forwarded to: %(body)s", body=BODY))


def test_a_survey_is_prepared_answered_and_closed(arrive: Arrive) -> None:
    chair, citizen = arrive("coordinator", phone=False), arrive("citizen", phone=True)
    chair.sign_in("coordinatrice@demo.example")
    citizen.sign_in("cittadina@demo.example")
    chair.visit(f"{TABLE}/sondaggi/nuovo")
    chair.fill(title="Quando ci vediamo")
    chair.press(it("Go on to the questions"))
    ask(chair, "Quale orario preferite?", it("One choice"), "Di mattina\nDi sera")
    ask(chair, "Quanto è urgente?", it("A scale from 1 to 5"))
    ask(chair, "Che cosa manca?", it("A short text"))
    chair.press(it("Open the survey"))
    chair.confirm()
    chair.sees(it("Close the survey"))
    page = chair.page.url.removeprefix(chair.url)
    citizen.visit(page)
    citizen.choose("Di sera")
    citizen.choose("4")
    citizen.press(it("Send the answers"))
    citizen.sees(it("You have answered: you can change it until the end."))
    citizen.check()
    chair.visit(page)
    chair.press(it("Close the survey"))
    chair.confirm()
    chair.sees(
        it("Too few people answered: no numbers are shown, so that nobody can be recognised.")
    )
    chair.check()


def days_are_set(office: Person) -> None:
    """The zone promises an answer within ten days: this one is late."""
    office.visit(f"{ADMIN}/risposte")
    office.fill(days="10")
    office.press(it("Save"))
    office.sees(TITLE)
    office.sees("In ritardo")
    office.check()


def it_is_assigned(chair: Person) -> str:
    """Who coordinates the table asks the plan office; returns the proposal's page."""
    chair.visit(f"{HERE}/proposte")
    chair.follow(TITLE)
    page = chair.page.url.removeprefix(chair.url)
    chair.follow(it("Ask somebody to evaluate it"))
    chair.check()
    options = chair.page.get_by_label(it("Evaluator")).locator("option")
    office = next(one for one in options.all_inner_texts() if "Piano" in one or "piano" in one)
    chair.page.get_by_label(it("Evaluator")).select_option(label=office)
    chair.press(it("Save"))
    chair.sees(office)
    chair.check()
    return page


def it_is_evaluated(office: Person, page: str) -> None:
    """A note that nobody else reads, and the answer, ready to be published."""
    office.visit(f"{page}/valutazione")
    office.page.locator("#field-note").fill(NOTE)
    office.press(it("Keep the note"))
    office.sees(NOTE)
    office.choose(it("Accepted in part"))
    office.fill(body=REASONS)
    office.choose(it("The answer is ready to be published"))
    office.press(it("Save the answer"))
    office.sees(it("Ready to be published"))
    office.check()


def answers_are_published(chair: Person) -> None:
    """All that is ready becomes public in one act."""
    chair.visit(f"{TABLE}/risposte")
    expect(chair.page.get_by_label(TITLE)).to_be_checked()
    chair.press(it("Publish the answers"))
    chair.confirm()
    chair.sees(REASONS)
    chair.check()


def ask(chair: Person, question: str, kind: str, choices: str = "") -> None:
    """Add a question to the survey."""
    chair.fill(body=question, options=choices)
    chair.choose(kind)
    chair.press(it("Add the question"))
    chair.sees(question)
    chair.check()
