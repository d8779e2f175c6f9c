"""The seven steps, from the call to the plan, lived by people in browsers of their own.

One test in seven acts, since each stands on the one before: a visitor, a citizen on a
phone, an association's delegate, a facilitator, three unions, and the plan office.
"""

from __future__ import annotations

import re

import psycopg
from playwright.sync_api import expect

from tests.support.browser_person import HERE, Arrive, Person, it, tonight
from tests.support.browser_sitting import close_sitting
from tests.support.kept_mail import mailed_path
from tests.support.stack import Stack

TABLE = f"{HERE}/tavoli/poverta-e-vulnerabilita"
TITLE = "Una dispensa di quartiere aperta la sera"
QUESTION = "Il tavolo porta nel Piano la dispensa di quartiere?"
TAKEN = "Il Piano sostiene una dispensa di quartiere, aperta anche la sera."
REFUSED = "Ogni Comune apre un secondo sportello serale entro l'anno."
PUBLIC_PAGES = (
    "/", TABLE, "/accessibilita", "/privacy", "/licenza",
    *(f"{HERE}/{page}" for page in (
        "", "percorso", "tavoli", "proposte", "sedute", "esiti", "verbali", "piano",
        "piano/capitoli/1", "registro",
    )),
)  # fmt: skip


def test_from_the_call_to_the_plan(arrive: Arrive, stack: Stack) -> None:
    a_visitor_reads(arrive("visitor", phone=True))
    citizen, delegate = arrive("citizen", phone=True), arrive("delegate")
    facilitator = arrive("facilitator")
    proposal = a_proposal_is_written_and_admitted(stack, citizen, delegate, facilitator)
    sitting = a_sitting_is_held(citizen, delegate, facilitator)
    minutes = the_minutes_are_written_completed_and_published(facilitator, sitting)
    unions = [arrive(f"union {letter}", phone=letter == "b") for letter in "abc"]
    outcome = the_unions_answer(unions, facilitator)
    the_plan_office_answers(arrive("plan office"))
    the_pedigree_leads_back(arrive("reader", phone=True), proposal, sitting, minutes, outcome)
    the_record_is_whole_until_it_is_touched(stack)


def a_visitor_reads(visitor: Person) -> None:
    """1: without an account all that is public can be read, on a phone."""
    for path in PUBLIC_PAGES:
        visitor.visit(path)
    visitor.visit(f"{HERE}/tavoli")
    for name in ("Tavolo Welfare", "Tavolo di Concertazione Sindacale", "Povertà e Vulnerabilità"):
        visitor.sees(name)
    visitor.sees("Assessora alle politiche sociali")
    visitor.visit(f"{HERE}/piano")
    visitor.sees("7. Concertazione con")
    visitor.visit(f"{HERE}/percorso")
    visitor.sees("10 marzo 2025")


def a_proposal_is_written_and_admitted(
    stack: Stack, citizen: Person, delegate: Person, facilitator: Person
) -> str:
    """2: a citizen registers and proposes; a delegate supports; the facilitator admits."""
    citizen.visit("/registrati")
    citizen.fill(email="nina@example.org", display_name="Nina", password="corta")
    citizen.press(it("Create the account"))
    expect(citizen.page.get_by_label(it("Name and surname"))).to_have_value("Nina")
    citizen.check()
    citizen.fill(password="una frase che ricordo")
    citizen.press(it("Create the account"))
    citizen.sees(
        it(
            "If this address had no account, it has one now: sign in with it. If it had one"
            " before, the password is still that of then. We have written to it: open the link"
            " in the mail, and you can write and vote."
        )
    )
    citizen.sign_in("nina@example.org", "una frase che ricordo")
    citizen.check()
    citizen.visit(mailed_path(stack.place, "nina@example.org"))
    citizen.check()
    citizen.press(it("Confirm my address"))
    citizen.sees(it("Your address is confirmed: you can write and vote now."))
    citizen.visit("/profilo")
    citizen.sees("Nina")
    citizen.visit(TABLE)
    citizen.follow(it("Write a proposal"))
    citizen.check()
    citizen.fill(title=TITLE, body="Chi lavora di giorno trova chiuso.\n\n- una sera a settimana")
    citizen.press(it("Hand the proposal in"))
    expect(citizen.page.get_by_role("heading", level=1)).to_have_text(TITLE)
    proposal = citizen.page.url.removeprefix(citizen.url)
    citizen.check()

    delegate.sign_in("associazione@demo.example")
    delegate.visit(proposal)
    delegate.choose(it("In favour"))
    delegate.fill(body="Possiamo tenerla aperta noi.")
    delegate.press(it("Publish the comment"))
    delegate.sees("Possiamo tenerla aperta noi.")
    delegate.press(it("Support"))
    delegate.sees(it("You support this proposal."))
    delegate.sees("Associazione Il Filo")

    facilitator.sign_in("facilitatore@demo.example")
    facilitator.visit(proposal)
    facilitator.press(it("Admit to discussion"))
    facilitator.sees(it("Admitted to discussion"))
    # The page that the citizen has open says so.
    citizen.sees(it("There is something new on this page."))
    return proposal


def a_sitting_is_held(citizen: Person, delegate: Person, facilitator: Person) -> str:
    """3: convened, opened and lived by three browsers without a reload."""
    facilitator.visit(TABLE)
    facilitator.follow(it("Convene a sitting"))
    facilitator.check()
    facilitator.fill(title="La dispensa", place="Online", starts_at=tonight())
    facilitator.choose(TITLE)
    facilitator.press(it("Convene the sitting"))
    facilitator.check()
    sitting = facilitator.page.url.removeprefix(facilitator.url)
    for person in (facilitator, citizen, delegate):
        person.visit(f"{sitting}/stanza")
    citizen.sees(it("The sitting has not begun yet."))
    facilitator.press(it("Open the sitting"))
    facilitator.confirm()
    for person in (citizen, delegate):
        expect(person.page.locator("#present-title")).to_contain_text("3")
    facilitator.sees(it("Nobody has the floor."))
    the_desk_sees_a_document(facilitator, sitting)
    facilitator.visit(f"{sitting}/stanza")
    citizen.page.reload()

    agenda = facilitator.page.locator("#panel-agenda li", has_text=TITLE)
    agenda.get_by_role("button").first.click()
    citizen.sees(re.compile(rf"\d\. {TITLE}"))
    citizen.press(it("Ask for the floor"))
    delegate.sees("Nina")
    a_dropped_connection_loses_nothing(delegate, citizen)
    hand = facilitator.page.locator("#panel-hands li", has_text="Nina")
    hand.get_by_role("button", name=it("Give the floor")).click()
    for person in (citizen, delegate, facilitator):
        expect(person.page.locator("#panel-now")).to_contain_text("Nina")
    citizen.press(it("I have finished"))
    facilitator.sees(it("Nobody has the floor."))
    a_poll_is_taken(citizen, delegate, facilitator)
    for person in (facilitator, citizen, delegate):
        person.check()
    close_sitting(facilitator)
    citizen.sees(it("The sitting is closed."))
    return sitting


def the_desk_sees_a_document(facilitator: Person, sitting: str) -> None:
    """Whoever has only registered has no vote; who shows at the desk who they are has one."""
    facilitator.visit(f"{sitting}/banco")
    facilitator.fill(cerca="nina@example.org")
    facilitator.press(it("Search"))
    facilitator.press(it("Let in %(name)s", name="Nina"))
    facilitator.press(it("%(name)s has shown a document", name="Nina"))
    facilitator.sees(it("The person is identified."))
    facilitator.check()


def a_dropped_connection_loses_nothing(delegate: Person, citizen: Person) -> None:
    """While the delegate's line is down a hand goes down and up again; both are seen once."""
    delegate.page.context.set_offline(True)
    citizen.press(it("Withdraw the request"))
    citizen.press(it("Ask for the floor"))
    expect(citizen.page.get_by_role("button", name=it("Withdraw the request"))).to_be_visible()
    delegate.page.context.set_offline(False)
    asked = it("{name} asks for the floor.").format(name="Nina")
    expect(delegate.page.locator("#stream li", has_text=asked)).to_have_count(2)
    delegate.page.reload()
    expect(delegate.page.locator("#stream li", has_text=asked)).to_have_count(2)
    delegate.faults = [f for f in delegate.faults if "ERR_INTERNET_DISCONNECTED" not in f]


def a_poll_is_taken(citizen: Person, delegate: Person, facilitator: Person) -> None:
    """Who leads has no vote; ballots are acknowledged; a reload keeps one's own."""
    facilitator.unfold("ask")
    facilitator.fill(question=QUESTION)
    facilitator.press(it("Open the poll"))
    poll = "#panel-poll"
    answers = {citizen: "I am in favour", delegate: "I am against"}
    for person, answer in answers.items():
        expect(person.page.locator(poll)).to_contain_text(QUESTION)
        person.press(it(answer), within=person.page.locator(poll))
        expect(person.page.locator(poll)).to_contain_text(recorded(it(answer)))
    citizen.page.reload()
    expect(citizen.page.locator(poll)).to_contain_text(recorded(it("I am in favour")))
    facilitator.press(it("Close the poll"))
    facilitator.confirm()
    for person in (citizen, delegate, facilitator):
        expect(person.page.locator(poll)).to_contain_text("2")
        expect(person.page.locator(poll).locator("dl")).to_contain_text("1")


def recorded(choice: str) -> str:
    """What a voter reads once their ballot is acknowledged."""
    sentence = it("Vote recorded: {choice}. It can be changed while the poll is open.")
    return sentence.format(choice=choice)


def the_minutes_are_written_completed_and_published(facilitator: Person, sitting: str) -> str:
    """4: a worker writes them from the log; the facilitator completes and publishes them."""
    facilitator.visit(f"{sitting}/verbale")
    facilitator.waits_for(it("Approve the minutes"))
    facilitator.check()
    facilitator.sees("Nina")
    facilitator.sees(QUESTION)
    for text in (TAKEN, REFUSED):
        add_conclusion(facilitator, text)
    facilitator.press(it("Approve the minutes"))
    facilitator.confirm()
    facilitator.waits_for(it("Publish the minutes"))
    facilitator.press(it("Publish the minutes"))
    facilitator.confirm()
    facilitator.sees(it("Published"))
    facilitator.check()
    minutes = facilitator.page.url.removeprefix(facilitator.url).split("#")[0]
    pdf = facilitator.page.request.get(f"{minutes}.pdf")
    assert pdf.ok
    assert pdf.body().startswith(b"%PDF")
    return minutes


def add_conclusion(facilitator: Person, text: str) -> None:
    page = facilitator.page
    page.get_by_label(it("Point of the agenda")).select_option(index=2)
    page.get_by_label(it("Chapter of the plan")).select_option(index=1)
    page.get_by_label(it("Proposal that it takes up")).select_option(label=TITLE)
    page.get_by_label(it("Text of the conclusion"), exact=True).fill(text)
    facilitator.press(it("Add the conclusion"))
    facilitator.sees(text)


def the_unions_answer(unions: list[Person], facilitator: Person) -> str:
    """5: one signs, one signs with a note, one declines; each types the password anew."""
    answers = (("We sign", ""), ("We sign, with a note to the record", "Servono i fondi."),
               ("We do not sign, and say why", "Mancano i tempi."))  # fmt: skip
    outcome = ""
    for union, letter, (answer, note) in zip(unions, "abc", answers, strict=True):
        union.sign_in(f"sindacato.{letter}@demo.example")
        union.finds(f"{HERE}/esiti", re.compile("La dispensa"))
        union.check()
        outcome = union.page.url.removeprefix(union.url)
        facilitator.visit(f"{outcome}/{'scadenza' if union is unions[0] else 'chiusura'}")
        union.choose(it(answer))
        union.fill(note=note)
        union.press(it("Go on to the summary"))
        union.sees(it("The answer, conclusion by conclusion"))
        union.check()
        union.fill(password="dimostrazione-2018")
        union.press(it("Sign this answer"))
        union.sees(it("by their password, typed anew over this very text"))
    unions[-1].sees("1 firma, 1 firma con nota, 1 rifiuto")
    unions[0].sees("Mancano i tempi.") if unions[0].page.reload() else None
    unions[-1].check()
    return outcome


def the_plan_office_answers(office: Person) -> None:
    """6: a worker has forwarded both items; one is taken in, the other refused with a reason."""
    office.sign_in("ufficiodipiano@demo.example")
    for text, answer in (
        (TAKEN, "Take it in: it becomes a paragraph of the chapter"),
        (REFUSED, "Do not take it in"),
    ):
        office.finds(f"{HERE}/piano/ufficio", re.compile(re.escape(text[:30])))
        office.check()
        office.choose(it(answer))
        office.fill(reason="Il tavolo lo chiede e le risorse lo dicono.")
        office.press(it("Save the answer"))
        office.confirm()
        office.sees(it("The answer is saved, with its reason."))
    the_plan_office_corrects_an_answer(office)


def the_plan_office_corrects_an_answer(office: Person) -> None:
    """A refusal is put in other words; what it said before stays readable on a phone, too."""
    office.visit(f"{HERE}/piano/capitoli/1")
    office.follow(it("Correct the answer to contribution %(number)s", number=2))
    office.check()
    office.fill(reason="Le risorse non bastano a tutti i Comuni.", why="Mancava il motivo vero.")
    office.press(it("Save the correction"))
    office.sees("Mancava il motivo vero.")
    office.page.set_viewport_size({"width": 360, "height": 740})
    office.check()


def the_pedigree_leads_back(
    reader: Person, proposal: str, sitting: str, minutes: str, outcome: str
) -> None:
    """The paragraph opens its pedigree down to the citizen; the proposal shows the way forward."""
    reader.visit(f"{HERE}/piano/capitoli/1")
    reader.sees(it("Not taken in"))
    reader.sees("Il tavolo lo chiede e le risorse lo dicono.")
    reader.page.locator("summary").first.click()
    pedigree = reader.page.locator("ol.pedigree").first
    for path in (outcome, minutes, f"{sitting}/cronaca", proposal):
        expect(pedigree.locator(f"a[href^='{path}']").first).to_be_visible()
    expect(pedigree).to_contain_text(it("Citizens"))
    reader.check()
    pedigree.locator(f"a[href^='{sitting}/cronaca?voce=']").click()
    reader.check()
    reader.visit(proposal)
    reader.sees(it("Paragraph of the plan"))
    reader.visit(minutes)
    reader.visit(outcome)
    reader.visit(sitting)


def the_record_is_whole_until_it_is_touched(stack: Stack) -> None:
    """7: verify says that all is whole; one changed row is named by stream and number."""
    whole = stack.run("verify")
    assert whole.returncode == 0, whole.stdout + whole.stderr
    # By somebody who took the server: the application's role may not.
    superuser = stack.database_url.replace("+psycopg", "").replace(
        "//consultazione@", "//postgres@"
    )
    with psycopg.connect(superuser, autocommit=True) as connection:
        row = connection.execute(
            "SELECT stream, number, position FROM log_entry WHERE kind = 'ballot.cast' LIMIT 1"
        ).fetchone()
        assert row is not None
        connection.execute(
            """UPDATE log_entry SET data = jsonb_set(data, '{choice}', '"abstain"')
               WHERE position = %s""",
            (row[2],),
        )
    touched = stack.run("verify")
    assert touched.returncode == 1
    assert f"{row[0]} #{row[1]}:" in touched.stdout
