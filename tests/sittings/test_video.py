"""The video of a sitting: accepted addresses, and nothing loads before the reader agrees."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from consultazione.core.errors import Conflict, Invalid, NotAllowed
from consultazione.core.incoming.web_address import host_of, read_address
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.video.commands import set_video
from tests.support.factories import Factory
from tests.support.meeting import Meeting

ADDRESS = "https://meet.jit.si/Tavolo-1#config.startWithVideoMuted=true"


@pytest.mark.parametrize(
    ("written", "admitted"),
    [
        (ADDRESS, ADDRESS),
        ("https://Video.Comune.Example.IT:8443", "https://video.comune.example.it:8443/"),
        ("https://a.example/live?v=1&t=2", "https://a.example/live?v=1&t=2"),
        ("", None),
    ],
)
def test_admitted_addresses(written: str, admitted: str | None) -> None:
    assert read_address(written, field="video_url", example="https://a.example/") == admitted


@pytest.mark.parametrize(
    "written",
    [
        "https://meet.jit\u017fi.example/room",
        "https://\u212aelvin.example/",
        "https://a.example:\u0664\u0664\u0663/",
        "http://meet.jit.si/a",
        "javascript:alert(1)",
        "meet.jit.si/a",
        "https://meet.jit.si;script-src *",
        "https://meet.jit.si, https://evil.example",
        "https://name:secret@meet.jit.si/",
        "https://localhost/",
        "https://10.0.0.1/",
        "https://meet.jit.si\\@evil.example/",
        "https://meet.jit.si/a\nX: y",
        "https://meet.jit.si/" + "a" * 300,
    ],
)
def test_other_addresses_are_refused(written: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_address(written, field="video_url", example="https://a.example/")
    assert "video_url" in refused.value.fields


def test_it_is_set_once_changed_and_taken_away(meeting: Meeting) -> None:
    for address in (ADDRESS, ADDRESS, ""):
        meeting.run(
            set_video, meeting.facilitator, sitting_id=meeting.sitting.id, video_url=address
        )
    assert meeting.snapshot()["sitting"]["video_url"] is None
    assert meeting.kinds().count("sitting.video_set") == 2
    with pytest.raises(NotAllowed):
        meeting.run(set_video, meeting.anna, sitting_id=meeting.sitting.id, video_url=ADDRESS)
    meeting.run(close_sitting, meeting.facilitator, sitting_id=meeting.sitting.id)
    with pytest.raises(Conflict):
        meeting.run(
            set_video, meeting.facilitator, sitting_id=meeting.sitting.id, video_url=ADDRESS
        )


def frames_of(answer: Any) -> str:
    """Return the frame sources in the content security policy of a response."""
    found = re.search(r"frame-src ([^;]*)", answer.headers["Content-Security-Policy"])
    return found[1] if found else ""


def test_nothing_of_the_other_site_before_a_yes_nor_after_a_no(
    client: FlaskClient, make: Factory
) -> None:
    sitting = make.sitting(video_url=ADDRESS)
    host, path = host_of(ADDRESS), f"/sedute/{sitting.id}/video"
    before = client.get(path)
    assert "<iframe" not in before.text
    assert frames_of(before) == "'none'"
    client.post(path, data={"host": "other.example", "agree": "yes"})
    assert "<iframe" not in client.get(path).text
    client.post(path, data={"host": host, "agree": "yes"})
    agreed = client.get(path)
    assert f'src="{ADDRESS}"' in agreed.text
    assert frames_of(agreed) == f"https://{host}"
    room = client.get(f"/sedute/{sitting.id}/stanza")
    assert host not in room.headers["Content-Security-Policy"]
    elsewhere = make.sitting(video_url="https://other.example/")
    assert "<iframe" not in client.get(f"/sedute/{elsewhere.id}/video").text
    client.post(path, data={"host": host, "agree": "no"})
    assert "<iframe" not in client.get(path).text


def test_a_sitting_without_a_video(client: FlaskClient, make: Factory) -> None:
    answer = client.get(f"/sedute/{make.sitting().id}/video")
    assert (answer.status_code, "<iframe" in answer.text) == (200, False)
    assert client.get("/sedute/999999/video").status_code == 404
