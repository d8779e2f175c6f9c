"""The chat of a sitting and applause, between the chair's console and a phone."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.support.browser_person import Arrive, it
from tests.support.browser_sitting import CITIZEN, FACILITATOR, convene_with_points

HELLO = "Si sente bene <b>in fondo</b>?"
RUDE = "Andate a casa"
REASON = "Fuori tema"


def test_the_chair_opens_a_phone_writes_the_chair_hides(arrive: Arrive) -> None:
    chair, ada = arrive("facilitator"), arrive("citizen", phone=True)
    chair.sign_in(FACILITATOR)
    chair.page.set_viewport_size({"width": 1280, "height": 720})
    room = convene_with_points(chair, "La seduta con la chat")
    ada.sign_in(CITIZEN)
    ada.visit(room)
    expect(ada.page.locator("#fold-chat")).to_be_hidden()
    chair.page.locator("#main").focus()
    chair.page.keyboard.press("2")
    chair.unfold("chat")
    chair.press(it("Open the chat"))
    ada.unfold("chat")
    ada.sees(it("It does not enter the minutes; it is deleted at the closing."))
    for body in (HELLO, RUDE):
        ada.page.locator("#field-chat").fill(body)
        ada.press(it("Send the message"))
        expect(ada.page.locator("#field-chat")).to_have_value("")
    for person in (chair, ada):
        expect(person.page.locator(".chat .written")).to_have_text([RUDE, HELLO])
    last = chair.page.locator(".chat li").first
    last.locator("summary").click()
    last.locator("input").fill(REASON)
    last.get_by_role("button", name=it("Hide")).click()
    expect(ada.page.locator(".chat .written")).to_have_text([HELLO])
    ada.sees(it("Hidden by the chair. Reason: {reason}").format(reason=REASON))
    ada.visit(room)
    ada.unfold("chat")
    expect(ada.page.locator(".chat .written")).to_have_text([HELLO])
    for person in (chair, ada):
        person.check()
    chair.press(f"{it('Show again')}: {RUDE}")
    expect(ada.page.locator(".chat .written")).to_have_text([RUDE, HELLO])
    chair.press(it("Close the chat"))
    expect(ada.page.locator("#panel-chat-form")).to_be_hidden()
    chair.page.locator("#main").focus()
    chair.page.keyboard.press("n")
    ada.press(it("Applaud"))
    for person in (chair, ada):
        expect(person.page.locator(".applause")).to_contain_text(
            it("Applause: {count}").format(count=1)
        )
    assert chair.page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    chair.page.keyboard.press("3")
    box = chair.page.locator("#fold-present").bounding_box()
    assert box is not None
    assert box["width"] > 400
