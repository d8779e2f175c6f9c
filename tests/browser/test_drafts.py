"""A proposal between two devices and a lost line, then an amendment to it; by keyboard too."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.support.browser_person import HERE, Arrive, Person, it

FORM = "/tavoli/poverta-e-vulnerabilita/proposte/nuova"
TITLE = "Lavanderia di quartiere"
BODY = "Una lavanderia in ogni quartiere.\n\nAperta la sera."
SAVED, FAILED = (
    it(words).partition("{at}")[0]
    for words in (
        "Saved as a draft, {at}: you find it on your other devices too.",
        "Not saved on the site: what you write is kept in this browser, and is saved as soon as"
        " the line is back.",
    )
)


def status_of(person: Person, words: str) -> None:
    """The page says how the draft stands."""
    expect(person.page.locator("[data-draft-status]")).to_contain_text(words)


def write(phone: Person) -> None:
    """What is written without a line is on the site once the line is back."""
    phone.visit(FORM)
    phone.fill(title=TITLE)
    status_of(phone, SAVED)
    phone.page.context.set_offline(True)
    phone.fill(body=BODY)
    status_of(phone, FAILED)
    phone.page.context.set_offline(False)
    status_of(phone, SAVED)
    phone.faults = [told for told in phone.faults if "ERR_INTERNET_DISCONNECTED" not in told]


def go_on(desk: Person) -> None:
    """Another device finds it and goes on."""
    desk.visit(f"{HERE}/bozze")
    desk.follow(TITLE)
    expect(desk.page.locator("[name=body]")).to_have_value(BODY)
    desk.check()
    desk.fill(need="Chi non ha una lavatrice.")
    status_of(desk, SAVED)


def keep_mine(phone: Person) -> None:
    """The first device is told before it overwrites anything, and chooses by keyboard."""
    phone.fill(effect="Si lava sotto casa.")
    expect(phone.page.locator("[data-draft-conflict]")).to_be_visible()
    expect(phone.page.locator("[data-draft-mine]")).to_be_focused()
    phone.check()
    phone.page.keyboard.press("Enter")
    status_of(phone, SAVED)
    phone.faults = [told for told in phone.faults if "409" not in told]


def hand_in(phone: Person) -> str:
    """She hands it in, and it is a draft no more."""
    phone.press(it("Hand the proposal in"))
    phone.sees("Si lava sotto casa.")
    phone.check()
    page = phone.page.url.removeprefix(phone.url)
    phone.visit(f"{HERE}/bozze")
    phone.sees(it("Your drafts"))
    expect(phone.page.locator("main")).not_to_contain_text(TITLE)
    return page


def amend(other: Person, page: str) -> None:
    """Somebody else proposes other words for the second paragraph, by keyboard."""
    other.visit(f"{page}/emendamenti")
    other.tab_to(it("Comment on this paragraph"))
    other.tab_to(it("Comment on this paragraph"))
    other.by_keyboard(it("Propose other words"))
    expect(other.page.locator("[name=new]")).to_have_value("Aperta la sera.")
    other.check()
    other.fill(new="Aperta anche il sabato.", reason="Chi lavora")
    other.by_keyboard(it("Publish the amendment"))
    other.sees("Chi lavora")


def take_over(author: Person, page: str) -> None:
    """The author takes it over with one key."""
    author.visit(f"{page}/emendamenti")
    author.by_keyboard(it("Take it over word for word"))
    author.sees(it("Taken over word for word"))
    author.visit(page)
    author.sees("Aperta anche il sabato.")
    author.follow(it("Read what changed"))
    author.sees(it("From an amendment of:"))
    author.check()


def test_a_draft_outlives_a_lost_line_and_an_amendment_is_taken_over(arrive: Arrive) -> None:
    phone, desk = arrive("Telefono", phone=True), arrive("Portatile", phone=False)
    other = arrive("Delegata", phone=True)
    for device in (phone, desk):
        device.sign_in("cittadina@demo.example")
    write(phone)
    go_on(desk)
    keep_mine(phone)
    page = hand_in(phone)
    other.sign_in("associazione@demo.example")
    amend(other, page)
    take_over(desk, page)
