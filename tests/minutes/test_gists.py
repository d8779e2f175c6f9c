"""The gist of each speech, and who writes it: live, in the draft, or whoever spoke."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from consultazione.core.actor import SYSTEM, Actor
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.core.revisions import kept
from consultazione.minutes.commands.drafting import draft_minutes
from consultazione.minutes.commands.editing import write_note
from consultazione.minutes.commands.gists import write_gist
from consultazione.minutes.document import document_of
from consultazione.minutes.models import SpeechGist
from consultazione.minutes.queries import minutes_of
from consultazione.sittings.attendance.commands.check_in import check_in
from consultazione.sittings.floor.commands.floor import end_floor, give_floor
from consultazione.sittings.floor.commands.hands import raise_hand
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.lifecycle.commands.points import start_point
from consultazione.sittings.lifecycle.commands.secretary import name_secretary
from consultazione.sittings.record.commands.notes import write_running_note
from tests.support.factories import Factory
from tests.support.meeting import Meeting, meet

MARKS = re.compile(r'name="(intervento-\d+-(?:version|mark))" value="([^"]*)"')


@pytest.fixture
def meeting(make: Factory) -> Meeting:
    """A sitting that goes on."""
    return meet(make)


def speech(meeting: Meeting) -> int:
    """Anna speaks on the first point; the id of her hand."""
    at = {"sitting_id": meeting.sitting.id}
    meeting.run(start_point, meeting.facilitator, point_id=meeting.points()[0].id)
    hand = meeting.run(raise_hand, meeting.anna, **at)
    meeting.run(give_floor, meeting.facilitator, hand_id=hand.id)
    return int(hand.id)


def gist(meeting: Meeting, who: Actor, hand_id: int, body: str, version: int = 0) -> SpeechGist:
    at = {"sitting_id": meeting.sitting.id, "hand_id": hand_id}
    found: SpeechGist = meeting.run(write_gist, who, **at, body=body, version=version)
    return found


def close(meeting: Meeting) -> None:
    meeting.run(close_sitting, meeting.facilitator, sitting_id=meeting.sitting.id)
    meeting.run(draft_minutes, SYSTEM, sitting_id=meeting.sitting.id)


def test_it_is_written_live_and_stands_in_the_draft(meeting: Meeting) -> None:
    hand_id = speech(meeting)
    with pytest.raises(NotAllowed):
        gist(meeting, meeting.anna, hand_id, "Mie parole.")
    gist(meeting, meeting.facilitator, hand_id, "Chiede orari più lunghi.")
    gist(meeting, meeting.facilitator, hand_id, "Chiede orari più lunghi.", version=7)
    with pytest.raises(Conflict, match="meanwhile"):
        gist(meeting, meeting.facilitator, hand_id, "Altro.", version=0)
    meeting.run(end_floor, meeting.facilitator, hand_id=hand_id)
    close(meeting)
    with meeting.make.session() as session:
        minutes = minutes_of(session, meeting.sitting.id)
        assert minutes is not None
        rows = document_of(minutes)["gists"]
        assert minutes.facts["agenda"][0]["speeches"][0]["hand"] == hand_id
    assert rows == [
        {
            "hand": hand_id,
            "body": "Chiede orari più lunghi.",
            "words_of": "sintesi di chi verbalizza",
        }
    ]


def test_who_spoke_writes_their_own_after_the_closing(meeting: Meeting) -> None:
    hand_id = speech(meeting)
    gist(meeting, meeting.facilitator, hand_id, "Chiede orari.")
    close(meeting)
    written = gist(meeting, meeting.anna, hand_id, "Ho chiesto orari più lunghi.", version=1)
    assert written.words_of == "speaker"
    with pytest.raises(NotAllowed):
        gist(meeting, meeting.bruno, hand_id, "No.", version=2)
    with pytest.raises(NotFound):
        gist(meeting, meeting.facilitator, hand_id + 1000, "Niente.")
    with meeting.make.session() as session:
        (before,) = kept(session, "speech_gist", hand_id)
    assert before.was == {"body": "Chiede orari."}


def test_who_is_named_writes_and_nobody_else(meeting: Meeting) -> None:
    at = {"sitting_id": meeting.sitting.id}
    stranger = meeting.make.citizen()
    with pytest.raises(Invalid):
        meeting.run(name_secretary, meeting.facilitator, **at, person_id=stranger.person_id)
    with pytest.raises(NotAllowed):
        meeting.run(name_secretary, meeting.anna, **at, person_id=meeting.anna.person_id)
    for _ in range(2):
        meeting.run(name_secretary, meeting.facilitator, **at, person_id=meeting.bruno.person_id)
    assert meeting.kinds().count("sitting.secretary_named") == 1
    assert meeting.snapshot()["sitting"]["secretary"] == meeting.bruno.person_id
    hand_id, point = speech(meeting), meeting.points()[0].id
    gist(meeting, meeting.bruno, hand_id, "Chiede orari.")
    meeting.run(write_running_note, meeting.bruno, point_id=point, body="Nota.", version=0)
    close(meeting)
    with pytest.raises(Conflict, match="over"):
        meeting.run(name_secretary, meeting.facilitator, **at, person_id=None)
    with meeting.make.session() as session:
        minutes = minutes_of(session, meeting.sitting.id)
    assert minutes is not None
    assert [one["person"] for one in minutes.facts["writers"]] == [meeting.bruno.display_name]
    meeting.run(
        write_note, meeting.bruno, minutes_id=minutes.id, point_id=point, body="Altra.", version=1
    )
    with pytest.raises(NotAllowed):
        meeting.run(
            write_note, meeting.anna, minutes_id=minutes.id, point_id=point, body="No", version=2
        )


def test_who_came_to_the_hall_is_told_from_who_came_over_the_net(meeting: Meeting) -> None:
    at = {"sitting_id": meeting.sitting.id}
    for _ in range(2):
        meeting.run(check_in, meeting.facilitator, **at, person_id=meeting.anna.person_id)
    assert meeting.kinds(f"attendance:{meeting.sitting.id}").count("attendance.checked_in") == 1
    close(meeting)
    with meeting.make.session() as session:
        minutes = minutes_of(session, meeting.sitting.id)
    assert minutes is not None
    how = {row["person"]: row["how"] for row in minutes.facts["attendance"]["rows"]}
    assert how[meeting.anna.display_name] == "in presenza"
    assert how[meeting.bruno.display_name] == "a distanza"
    assert minutes.facts["mode"] == {
        "hall": 1, "online": 2,
        "sentence": "In modalità mista: 1 in presenza, 2 a distanza.",
    }  # fmt: skip


def test_two_write_at_once_on_the_page(client: FlaskClient, meeting: Meeting) -> None:
    hand_id = speech(meeting)
    page = f"/sedute/{meeting.sitting.id}/sintesi"
    chair = meeting.make.sign_in(client, meeting.facilitator)
    drawn = dict(MARKS.findall(chair.get(page).text))
    key = f"intervento-{hand_id}"
    gist(meeting, meeting.facilitator, hand_id, "Prima.")
    answer = chair.post(
        page, data={**drawn, f"{key}-body": "Seconda."}, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 422
    told = answer.get_json()
    assert (told["theirs"], told["fields"][f"{key}-version"]) == ({key: "Prima."}, 1)
    saved = chair.post(page, data={**drawn, f"{key}-version": 1, f"{key}-body": "Insieme."})
    assert saved.status_code == 302
    with meeting.make.session() as session:
        assert session.scalars(select(SpeechGist.body)).all() == ["Insieme."]
    hers = meeting.make.sign_in(client, meeting.anna)
    assert hers.get(page).status_code == 403
    sent = {f"{key}-version": 0, f"{key}-body": "E che cosa c’è?"}
    asked = hers.post(page, data=sent, headers={"Accept": "application/json"})
    assert (asked.status_code, "Insieme." in asked.text) == (403, False)
    close(meeting)
    assert "Insieme." in hers.get(page).text


def test_a_text_goes_back_to_what_it_said(client: FlaskClient, meeting: Meeting) -> None:
    hand_id = speech(meeting)
    gist(meeting, meeting.facilitator, hand_id, "Chiede orari più lunghi.")
    gist(meeting, meeting.facilitator, hand_id, "Chiede orari più corti.", version=1)
    close(meeting)
    with meeting.make.session() as session:
        minutes = minutes_of(session, meeting.sitting.id)
    assert minutes is not None
    page = f"/verbali/{minutes.id}/testi/com-era-prima?pezzo=intervento-{hand_id}"
    chair = meeting.make.sign_in(client, meeting.facilitator)
    assert page.split("?")[0] in chair.get(f"/verbali/{minutes.id}").text
    assert "Chiede orari più lunghi." in chair.get(page).text
    chair.post(page, data={"revision": 9, "version": 2})
    chair.post(page, data={"revision": 1, "version": 1})
    with meeting.make.session() as session:
        assert session.scalars(select(SpeechGist.body)).all() == ["Chiede orari più corti."]
    chair.post(page, data={"revision": 1, "version": 2})
    with meeting.make.session() as session:
        assert session.scalars(select(SpeechGist.body)).all() == ["Chiede orari più lunghi."]
    hers = meeting.make.sign_in(client, meeting.anna)
    assert hers.get(page).status_code == 403
