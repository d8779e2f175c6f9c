"""What the browser tests of sittings begin with: a sitting that somebody convenes and opens."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.support.browser_person import Person, it, tonight

TABLE = "/tavoli/poverta-e-vulnerabilita"
FACILITATOR = "facilitatore@demo.example"
POINTS = ("I posti letto", "I tirocini")
CITIZEN = "cittadina@demo.example"


def open_sitting(facilitator: Person, title: str) -> str:
    """Convene a sitting and open it in its room, where the facilitator stays; its path."""
    facilitator.visit(TABLE)
    facilitator.follow(it("Convene a sitting"))
    facilitator.fill(title=title, place="Sala civica", starts_at=tonight())
    facilitator.press(it("Convene the sitting"))
    path = facilitator.page.url.removeprefix(facilitator.url)
    facilitator.visit(f"{path}/stanza")
    facilitator.press(it("Open the sitting"))
    facilitator.confirm()
    expect(facilitator.page.locator("#present-title")).to_contain_text("1")
    return path


def convene_with_points(facilitator: Person, title: str = "Un dibattito") -> str:
    """A sitting with two points that the facilitator has opened; the path of its room."""
    facilitator.visit(TABLE)
    facilitator.follow(it("Convene a sitting"))
    facilitator.fill(title=title, place="Sala civica", starts_at=tonight())
    facilitator.press(it("Convene the sitting"))
    room = f"{facilitator.page.url.removeprefix(facilitator.url)}/stanza"
    for point in POINTS:
        facilitator.fill(title=point, minutes_planned="10")
        facilitator.press(it("Add the point"))
        facilitator.sees(point)
    facilitator.visit(room)
    facilitator.press(it("Open the sitting"))
    facilitator.confirm()
    return room


def close_sitting(facilitator: Person) -> None:
    """Close a sitting in its room, leaving what was not dealt with as it is."""
    facilitator.unfold("sitting")
    facilitator.page.locator(".closing summary").click()
    facilitator.press(it("Close the sitting now"))


def ask_quorum_of(facilitator: Person, least: int) -> None:
    """In the form that convenes, ask for so many persons."""
    facilitator.page.locator("main summary").filter(has_text=it("Quorum")).first.click()
    facilitator.choose(it("A number of persons present"))
    facilitator.fill(least=str(least))
