"""The video of a sitting in browsers: nothing of the other site before a yes, nor after a no."""

from __future__ import annotations

from playwright.sync_api import FrameLocator, expect

from tests.support.browser_person import Arrive, Person, it
from tests.support.browser_sitting import CITIZEN, FACILITATOR, open_sitting

HOST = "video.example"
THEIRS = "<!doctype html><title>Video</title><p>Si vede la sala</p>"


def video(person: Person) -> FrameLocator:
    """The page of the video in its frame."""
    return person.page.frame_locator("#panel-video iframe")


def test_the_video_loads_after_a_yes_to_its_host_until_a_no(arrive: Arrive) -> None:
    chair, ada = arrive("facilitator"), arrive("citizen", phone=True)
    asked: list[str] = []
    chair.page.context.route("**/*.example/**", lambda route: route.abort())
    ada.page.context.route(
        f"https://{HOST}/**",
        lambda route: (
            asked.append(route.request.url),
            route.fulfill(body=THEIRS, content_type="text/html"),
        ),
    )
    chair.sign_in(FACILITATOR)
    ada.sign_in(CITIZEN)
    room = f"{open_sitting(chair, 'Con il video')}/stanza"
    ada.visit(room)
    chair.unfold("sitting")
    chair.fill(video_url="http://video.example/sala")
    chair.press(it("Set the video"))
    chair.sees("https://meet.jit.si/")
    chair.fill(video_url=f"https://{HOST}/sala")
    chair.press(it("Set the video"))
    ada.sees(it("The sitting can be seen on video, from {host}.").format(host=HOST))
    ada.unfold("video")
    load = video(ada).get_by_role("button", name=it("Load the video"))
    expect(load).to_be_visible()
    expect(video(ada).locator("body")).to_contain_text(HOST)
    assert asked == []
    for person in (chair, ada):
        person.check()
    load.press("Enter")
    theirs = video(ada).frame_locator("iframe").locator("p")
    expect(theirs).to_have_text("Si vede la sala")
    ada.visit(room)
    expect(theirs).to_have_text("Si vede la sala")
    assert asked == [f"https://{HOST}/sala"] * 2
    video(ada).get_by_role(
        "button", name=it("Load no more videos from %(host)s", host=HOST)
    ).click()
    expect(load).to_be_visible()
    ada.page.reload()
    expect(load).to_be_visible()
    assert len(asked) == 2
    chair.fill(video_url="")
    chair.press(it("Set the video"))
    expect(ada.page.locator("#fold-video")).to_be_hidden()
    ada.faults = [fault for fault in ada.faults if f"asks https://{HOST}/sala" not in fault]
