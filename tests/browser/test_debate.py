"""A debate in browsers: speakers in order with a clock, a break, a question in writing."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.support.browser_person import Arrive, Person, it
from tests.support.browser_sitting import POINTS, convene_with_points

TABLE = "/tavoli/poverta-e-vulnerabilita"
QUESTION = "Quanti posti ci sono?"


def rows(person: Person, panel: str) -> Locator:
    """The lines of a panel's list."""
    return person.page.locator(f"#panel-{panel} .rows > li")


def clock(person: Person) -> Locator:
    """The clock of the speaker."""
    return person.page.locator("#timer")


def speak(chair: Person, ada: Person, delegate: Person) -> None:
    """A point of order goes before who asked first; the clock runs, and is given a minute."""
    delegate.press(it("Ask for the floor"))
    expect(rows(chair, "hands")).to_have_count(1)
    ada.press(it("Raise a point of order"))
    expect(rows(chair, "hands")).to_have_count(2)
    expect(rows(chair, "hands").first).to_contain_text("Ada Cittadina")
    expect(rows(chair, "hands").first).to_contain_text(it("point of order"))
    delegate.sees(it("Your place in the list: {place}").format(place=2))
    chair.page.get_by_text(it("Order and time of the speakers")).click()
    chair.press(it("{minutes} minutes").format(minutes=2))
    chair.press(it("first to who has spoken least"))
    ada.sees(it("The floor is given first to who has spoken least."))
    chair.check()
    chair.press(f"{it('Give the floor')}: Ada Cittadina")
    expect(clock(ada)).to_contain_text("1:5")
    expect(clock(delegate)).to_contain_text("1:5")
    chair.press(it("One more minute"))
    expect(clock(ada)).to_contain_text("2:")
    chair.check()
    ada.check()
    ada.press(it("I have finished"))
    expect(clock(chair)).to_be_hidden()


def pause(chair: Person, ada: Person) -> None:
    """A break with a reason, until the sitting goes on."""
    chair.unfold("sitting", "ask")
    chair.fill(reason="Pausa di dieci minuti")
    chair.press(it("Suspend the sitting"))
    expect(chair.page.locator("#panel-ask")).to_be_hidden()
    ada.sees("Pausa di dieci minuti")
    chair.check()
    ada.check()
    chair.press(it("Resume the sitting"))
    ada.sees(it("The sitting goes on."))


def reorder(chair: Person, ada: Person) -> None:
    """The second point goes before the first, is begun, and put aside."""
    first, second = POINTS
    chair.press(f"{it('Move up')}: {second}")
    expect(rows(ada, "agenda")).to_contain_text([second, first])
    chair.press(f"{it('Start')}: {second}")
    expect(ada.page.locator("#panel-now")).to_contain_text(second)
    chair.press(f"{it('Put aside')}: {second}")
    aside = rows(ada, "agenda").filter(has_text=second)
    expect(aside).to_contain_text(it("put aside for later"))


def ask(chair: Person, ada: Person, delegate: Person) -> None:
    """A question waits until it is shown; another wants the answer too, and it is given."""
    waits = it("Your question waits to be shown: {body}").format(body=QUESTION)
    for person in (chair, ada, delegate):
        person.unfold("questions")
    ada.fill(body=QUESTION)
    ada.press(it("Send the question"))
    ada.sees(waits)
    delegate.does_not_see(QUESTION)
    chair.press(f"{it('Show')}: {QUESTION}")
    ada.does_not_see(waits)
    delegate.press(f"{it('I would like an answer too')}: {QUESTION}")
    ada.sees(it("{count} would like an answer").format(count=1))
    delegate.sees(it("I no longer need an answer"))
    chair.check()
    delegate.check()
    chair.press(f"{it('Answered now')}: {QUESTION}")
    ada.sees(it("Answered in the sitting"))


def test_a_debate(arrive: Arrive) -> None:
    chair, ada, delegate = arrive("facilitator"), arrive("citizen", phone=True), arrive("delegate")
    chair.sign_in("facilitatore@demo.example")
    ada.sign_in("cittadina@demo.example")
    delegate.sign_in("associazione@demo.example")
    room = convene_with_points(chair)
    ada.visit(room)
    delegate.visit(room)
    speak(chair, ada, delegate)
    pause(chair, ada)
    reorder(chair, ada)
    ask(chair, ada, delegate)
    chair.check()
    ada.check()
