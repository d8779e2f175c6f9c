"""A long sitting, or a large crowd, costs a reader no more than a short one or a small one.

Sizes are counted (bytes, statements, rows), not seconds: `make bench ONLY=longsit` has those.
"""

from __future__ import annotations

import html
import json
import re
from datetime import timedelta
from hashlib import sha256
from threading import Event, Thread
from typing import Any

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from sqlalchemy import Engine, insert, select
from werkzeug.test import TestResponse

from consultazione.core import clock, log
from consultazione.core.actor import SYSTEM, Actor
from consultazione.core.errors import Conflict
from consultazione.core.log import EntryRow
from consultazione.live import frames, pending_snapshots, sse
from consultazione.people.models import Category, Person
from consultazione.sittings.attendance import register
from consultazione.sittings.attendance.check_in import MOST_IN_HALL
from consultazione.sittings.attendance.commands.presence import enter_sitting, leave_sitting
from consultazione.sittings.floor.commands import hands
from consultazione.sittings.floor.commands.floor import give_floor, withdraw_hand
from consultazione.sittings.floor.commands.hands import raise_hand
from consultazione.sittings.lifecycle.commands.breaks import resume_sitting, suspend_sitting
from consultazione.sittings.models import Attendance
from consultazione.sittings.polls import receipts
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import close_poll, open_poll
from consultazione.sittings.polls.models import Receipt
from consultazione.sittings.polls.rules import Rules
from consultazione.sittings.questions.commands import questions as asking
from consultazione.sittings.questions.models import Question, QuestionState
from consultazione.sittings.questions.queries import MOST_SHOWN
from consultazione.sittings.record.commands import statements as recording
from consultazione.sittings.room.entries import PAGE
from consultazione.web import public_cache
from consultazione.web.public_cache import PublicCache
from tests.support.factories import Factory
from tests.support.long_sitting import lengthen
from tests.support.meeting import Meeting, meet
from tests.support.rest_program import Program
from tests.support.room_play import assert_same
from tests.support.room_reducer import Reducer
from tests.support.statements import counted, statements
from tests.support.waiting import settles

# It holds the second at which it was made.
_FORM_TOKEN = re.compile(r'name="csrf-token" content="[^"]*"')

PAGES = [
    "/sedute/{}/cronaca", "/sedute/{}/cronaca?voce=1", "/sedute/{}/testo",
    "/sedute/{}/testo/novita", "/sedute/{}/stanza", "/sedute/{}/schermo", "/sedute/{}",
    "/sedute/{}/presenze", "/registro", "/api/v1/sittings/{}/room",
    "/api/v1/sittings/{}/entries", "/api/v1/sittings/{}/entries?before=300",
    "/api/v1/sittings/{}/chronicle", "/api/v1/sittings/{}/attendance",
]  # fmt: skip


@pytest.fixture
def meeting(make: Factory) -> Meeting:
    """An open sitting with its facilitator and two who are present."""
    return meet(make)


@pytest.fixture
def long(meeting: Meeting) -> Meeting:
    """A meeting of three pages."""
    add(meeting, 2 * PAGE)
    return meeting


def add(meeting: Meeting, entries: int) -> None:
    persons = [meeting.make.citizen().person_id or 0, meeting.facilitator.person_id or 0]
    lengthen(meeting.make.database, meeting.sitting.id, persons, entries)


def numbers(page: str) -> list[int]:
    """The numbers of the entries on a page of the chronicle."""
    return [int(number) for number in re.findall(r'id="voce-(\d+)"', page)]


def sizes(
    app: Flask, client: FlaskClient, engine: Engine, sitting_id: int, paths: list[str]
) -> dict[str, tuple[int, int, float]]:
    """What pages take that nobody has asked for before: statements, rows, kilobytes."""
    found = {}
    client.get("/healthz")
    for path in paths:
        public_cache.init(app)
        with counted(engine) as reading:
            answer = client.get(path.format(sitting_id))
        assert answer.status_code == 200
        found[path] = (reading.statements, reading.rows, len(answer.data) / 1000)
    return found


def about(taken: dict[str, tuple[int, int, float]]) -> dict[str, tuple[int, int, Any]]:
    """As many statements and rows, and up to five kilobytes more or less."""
    return {
        path: (statements, rows, pytest.approx(kilobytes, abs=5))
        for path, (statements, rows, kilobytes) in taken.items()
    }


def test_no_page_grows_with_the_sitting(
    app: Flask, client: FlaskClient, engine: Engine, long: Meeting
) -> None:
    before = sizes(app, client, engine, long.sitting.id, PAGES)
    add(long, 4 * PAGE)
    assert sizes(app, client, engine, long.sitting.id, PAGES) == about(before)
    assert max(rows for _statements, rows, _size in before.values()) < 8 * PAGE


def test_what_was_made_once_is_not_read_again(
    client: FlaskClient, engine: Engine, long: Meeting
) -> None:
    for path in ("/sedute/{}/cronaca?voce=1", "/api/v1/sittings/{}/room"):
        first = client.get(path.format(long.sitting.id)).text
        with counted(engine) as reading:
            again = client.get(path.format(long.sitting.id)).text
        assert _FORM_TOKEN.sub("", again) == _FORM_TOKEN.sub("", first)
        assert reading.rows < 30


def test_the_pages_of_a_chronicle_hold_each_entry_once(client: FlaskClient, long: Meeting) -> None:
    head = len(long.kinds())
    at, seen = f"/sedute/{long.sitting.id}/cronaca", []
    while at:
        page = client.get(at).text
        seen = numbers(page) + seen
        found = re.search(r'rel="prev" href="([^"]+)"', page)
        at = found[1] if found else ""
    assert seen == sorted(set(seen))
    assert (seen[0], seen[-1]) == (1, head)
    for number in (1, PAGE, PAGE + 1, head):
        shown = client.get(f"/sedute/{long.sitting.id}/cronaca?voce={number}").text
        assert number in numbers(shown)
        assert f'href="?voce={number}#voce-{number}"' in shown
    beyond = client.get(f"/sedute/{long.sitting.id}/cronaca?voce=99999999")
    assert head in numbers(beyond.text)


def test_links_of_minutes_name_the_page(app: Flask) -> None:
    """The fragment of an address does not reach the server: the query says which page."""
    link_to_entry = (
        '{% from "minutes/_parts.html" import chronicle_link %}'
        '{{ chronicle_link({"sitting_id": 7}, 12, "10:30") }}'
    )
    with app.test_request_context():
        assert 'href="/sedute/7/cronaca?voce=12#voce-12"' in render_template_string(link_to_entry)


def test_entries_over_rest_come_page_by_page_both_ways(client: FlaskClient, long: Meeting) -> None:
    head, path = len(long.kinds()), f"/api/v1/sittings/{long.sitting.id}/entries"
    onwards, back = [], []
    answer = client.get(path)
    while True:
        onwards += [entry["number"] for entry in answer.json]
        if "Link" not in answer.headers:
            break
        answer = client.get(link(answer))
    answer = client.get(f"{path}?before={head + 1}&limit=150")
    while True:
        back = [entry["number"] for entry in answer.json] + back
        if "Link" not in answer.headers:
            break
        answer = client.get(link(answer))
    assert onwards == back == list(range(1, head + 1))
    assert client.get(f"{path}?limit=501").status_code == 422
    assert client.get(f"{path}?after={head}").json == []


def link(answer: TestResponse) -> str:
    """The next page that an answer names (RFC 8288)."""
    found = re.fullmatch(r'<([^>]+)>; rel="next"', answer.headers["Link"])
    assert found
    return found[1]


def test_sentences_over_rest_lead_back_to_the_beginning(client: FlaskClient, long: Meeting) -> None:
    head, seen = len(long.kinds()), []
    at: str | None = f"/api/v1/sittings/{long.sitting.id}/chronicle?before={head + 1}"
    while at:
        page = client.get(at).json
        seen += [line["number"] for line in page["items"]]
        at = page["next"]
    assert seen == list(range(head, 0, -1))


def test_who_has_the_room_already_gets_no_more_than_that(
    client: FlaskClient, long: Meeting
) -> None:
    path = f"/api/v1/sittings/{long.sitting.id}/room"
    first = client.get(path)
    known = {"If-None-Match": first.headers["ETag"]}
    again = client.get(path, headers=known)
    assert (again.status_code, again.data) == (304, b"")
    for change in (
        lambda: long.run(raise_hand, long.anna, sitting_id=long.sitting.id),
        lambda: long.make.present(long.sitting),
        lambda: long.run(asking.ask_question, long.bruno, sitting_id=long.sitting.id, body="Why?"),
        lambda: long.run(
            recording.make_statement, long.bruno, sitting_id=long.sitting.id, body="Noted."
        ),
        lambda: long.run(open_poll, long.facilitator, sitting_id=long.sitting.id, question="?"),
        lambda: long.run(
            cast_ballot, long.anna, poll_id=long.snapshot()["polls"][-1]["id"], choice="yes"
        ),
    ):
        change()
        answer = client.get(path, headers=known)
        assert answer.status_code == 200
        assert answer.json == json.loads(json.dumps(long.snapshot()))
        known = {"If-None-Match": answer.headers["ETag"]}


def test_old_hands_still_have_names(client: FlaskClient, meeting: Meeting) -> None:
    """Who gets the floor raised their hand long before the entries that are shown."""
    hand = meeting.run(raise_hand, meeting.anna, sitting_id=meeting.sitting.id)
    add(meeting, 2 * PAGE)
    meeting.run(give_floor, meeting.facilitator, hand_id=hand.id)
    said = f"{meeting.anna.display_name} has the floor."
    for path in ("cronaca", "testo", "stanza"):
        address = f"/sedute/{meeting.sitting.id}/{path}"
        assert said in client.get(address, headers={"Accept-Language": "en"}).text
    assert (
        meeting.anna.display_name
        in client.get(f"/api/v1/sittings/{meeting.sitting.id}/chronicle").json["items"][0][
            "sentence"
        ]
    )


def test_an_old_room_with_its_entries_is_a_fresh_room(meeting: Meeting) -> None:
    """The browser lets go of the same entries and polls as a fresh snapshot does."""
    run, sitting = meeting.run, meeting.sitting
    hand = run(raise_hand, meeting.anna, sitting_id=sitting.id)
    add(meeting, PAGE - 20)
    for number in range(3):
        poll = run(open_poll, meeting.facilitator, sitting_id=sitting.id, question=f"{number}?")
        run(close_poll, meeting.facilitator, poll_id=poll.id)
    old = meeting.snapshot()
    with meeting.make.session() as session:
        before = log.read_latest(session, limit=1)[0].position
    raised = run(raise_hand, meeting.bruno, sitting_id=sitting.id)
    run(give_floor, meeting.facilitator, hand_id=hand.id)
    for number in range(12):
        poll = run(open_poll, meeting.facilitator, sitting_id=sitting.id, question=f"{number}!")
        run(close_poll, meeting.facilitator, poll_id=poll.id)
    run(withdraw_hand, meeting.bruno, hand_id=raised.id)
    with meeting.make.session() as session:
        entries = log.read_forward(session, after=before, limit=10_000)
        sent = [
            *frames.entry_frames(session, entries),
            pending_snapshots._presence(session, sitting.id),
        ]
    told = [{"event": frame.event, "payload": frame.payload} for frame in sent]
    with Reducer() as reducer:
        answer = reducer.replay(old, told)
    assert len(answer["state"]["chronicle"]) == PAGE
    assert_same(answer["state"], meeting.snapshot())


def test_a_stream_of_sentences_begins_far_back_in_several_readings(
    app: Flask, long: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sse, "_READ_TOGETHER", 50)
    streams = sse.SentenceStreams(app)
    reader = sse.Reader(long.sitting.id, "anybody", "en", lambda: True)
    batches = streams.batches(reader, 0)
    heard: list[int] = []
    while len(heard) < len(long.kinds()):
        batch = next(batches)
        assert 0 < len(batch) <= 50
        heard += [line["number"] for line in batch]
    assert heard == list(range(1, len(long.kinds()) + 1))


@pytest.mark.parametrize(
    "path",
    [*(f"/sedute/{{}}/{page}" for page in ("cronaca", "testo", "stanza")),
     *(f"/api/v1/sittings/{{}}/{part}" for part in ("entries", "room"))],
)  # fmt: skip
def test_what_is_erased_is_gone_at_once(client: FlaskClient, meeting: Meeting, path: str) -> None:
    at = path.format(meeting.sitting.id)
    run = meeting.run
    run(suspend_sitting, meeting.facilitator, sitting_id=meeting.sitting.id, reason="Secret words")
    run(resume_sitting, meeting.facilitator, sitting_id=meeting.sitting.id)
    assert "Secret words" in client.get(at).text
    with meeting.make.database.transaction(SYSTEM) as tx:
        found = select(EntryRow.position).where(EntryRow.kind == "sitting.suspended")
        log.erase_texts(tx.session, tx.session.scalars(found).one())
    assert "Secret words" not in client.get(at).text


@pytest.mark.parametrize("path", ["cronaca", "testo", "stanza"])
def test_another_name_is_shown_at_once(client: FlaskClient, meeting: Meeting, path: str) -> None:
    at = f"/sedute/{meeting.sitting.id}/{path}"
    meeting.run(raise_hand, meeting.anna, sitting_id=meeting.sitting.id)
    assert meeting.anna.display_name in client.get(at).text
    with meeting.make.database.transaction(SYSTEM) as tx:
        tx.session.get_one(Person, meeting.anna.person_id).display_name = "Erased"
    page = client.get(at).text
    assert "Erased" in page
    assert meeting.anna.display_name not in page


def test_each_reader_has_their_own_language_and_their_own_part(
    app: Flask, meeting: Meeting
) -> None:
    path = f"/sedute/{meeting.sitting.id}"
    anna = meeting.make.sign_in(app.test_client(), meeting.anna)
    bruno = meeting.make.sign_in(app.test_client(), meeting.bruno)
    visitor, english = app.test_client(), {"Accept-Language": "en"}
    for client, who in ((anna, meeting.anna.person_id), (bruno, meeting.bruno.person_id)):
        assert f'"person_id": {who}' in client.get(f"{path}/stanza").text
    assert '"person_id": null' in visitor.get(f"{path}/stanza").text
    for page in ("cronaca", "testo"):
        assert "The sitting is open." in visitor.get(f"{path}/{page}", headers=english).text
        italian = visitor.get(f"{path}/{page}", headers={"Accept-Language": "it"}).text
        assert "La seduta è aperta." in italian


def test_who_asks_for_the_same_waits_for_one_making() -> None:
    released, asked, go = [], Event(), Event()
    cache, made, got = PublicCache(release=lambda: released.append(1)), [], []

    def make() -> str:
        made.append(1)
        asked.set()
        assert go.wait(5)
        return "text"

    readers = [Thread(target=lambda: got.append(cache.get("key", make))) for _ in range(8)]
    readers[0].start()
    assert asked.wait(5)
    for reader in readers[1:]:
        reader.start()
    assert settles(lambda: len(released) == 7, within=10)
    go.set()
    for reader in readers:
        reader.join(5)
    assert (got, made) == (["text"] * 8, [1])


def test_what_fails_is_tried_again_and_what_is_old_makes_room() -> None:
    cache, made = PublicCache(most=10, release=lambda: None), []

    def fail() -> str:
        raise Conflict("not now")

    def make(key: str) -> str:
        def make_it() -> str:
            made.append(key)
            return key * 4

        return cache.get(key, make_it)

    with pytest.raises(Conflict):
        cache.get("a", fail)
    for key in ("a", "b", "a", "c", "a", "b"):
        assert make(key) == key * 4
    assert made == ["a", "b", "c", "b"]


def test_one_person_does_not_fill_the_chronicle(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def up_and_down(who: Actor) -> None:
        hand = meeting.run(raise_hand, who, sitting_id=meeting.sitting.id)
        assert meeting.run(raise_hand, who, sitting_id=meeting.sitting.id).id == hand.id
        meeting.run(withdraw_hand, who, hand_id=hand.id)

    for _ in range(hands.EASY_WITHDRAWN):
        up_and_down(meeting.anna)
    with pytest.raises(Conflict, match="wait 15 seconds"):
        up_and_down(meeting.anna)
    up_and_down(meeting.bruno)
    monkeypatch.setattr(hands, "PAUSE", timedelta(0))
    for _ in range(hands.MOST_WITHDRAWN - hands.EASY_WITHDRAWN):
        up_and_down(meeting.anna)
    before = len(meeting.kinds())
    with pytest.raises(Conflict, match="30 times"):
        up_and_down(meeting.anna)
    assert len(meeting.kinds()) == before


def test_one_person_asks_and_states_so_often(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MOST_ASKED", 2)
    monkeypatch.setattr(recording, "MOST_OF_SITTING", 2)
    at = {"sitting_id": meeting.sitting.id}
    for number in range(2):
        meeting.run(asking.ask_question, meeting.anna, body=f"Why {number}?", **at)
        made = meeting.run(recording.make_statement, meeting.anna, body=f"So {number}.", **at)
        meeting.run(recording.withdraw_statement, meeting.anna, statement_id=made.id)
    with pytest.raises(Conflict):
        meeting.run(asking.ask_question, meeting.anna, body="Again?", **at)
    with pytest.raises(Conflict):
        meeting.run(recording.make_statement, meeting.anna, body="Again.", **at)
    meeting.run(asking.ask_question, meeting.bruno, body="Me too?", **at)


def crowd(meeting: Meeting, count: int, **values: object) -> None:
    """So many more who are present."""
    with meeting.make.database.transaction(SYSTEM) as tx:
        people = [{"display_name": f"Crowd {n:05}", "created_at": tx.now} for n in range(count)]
        ids = tx.session.scalars(insert(Person).returning(Person.id), people).all()
        rows = [
            {"sitting_id": meeting.sitting.id, "person_id": person_id, "entered_at": tx.now,
             "category": Category.CITIZEN, "in_hall": True, **values}
            for person_id in ids
        ]  # fmt: skip
        tx.session.execute(insert(Attendance), rows)


def test_no_page_grows_with_the_crowd(
    app: Flask, client: FlaskClient, engine: Engine, meeting: Meeting
) -> None:
    paths = [f"/sedute/{{}}{rest}" for rest in ("", "/presenze", "/banco", "/stanza")]
    paths += ["/sedute/{}/banco?cerca=Crowd", "/api/v1/sittings/{}/attendance"]
    meeting.make.sign_in(client, meeting.facilitator)
    crowd(meeting, 300)
    before = sizes(app, client, engine, meeting.sitting.id, paths)
    crowd(meeting, 300)
    assert sizes(app, client, engine, meeting.sitting.id, paths) == about(before)


def test_the_register_leads_to_everybody_once(client: FlaskClient, meeting: Meeting) -> None:
    crowd(meeting, 230)
    meeting.make.sign_in(client, meeting.facilitator)
    at, seen = f"/sedute/{meeting.sitting.id}/presenze", []
    while at:
        page = client.get(at).text
        seen += re.findall(r'<th scope="row">(Crowd \d+)</th>', page)
        found = re.search(r'rel="next" href="([^"]+)"', page)
        at = html.unescape(found[1]) if found else ""
    assert seen == [f"Crowd {n:05}" for n in range(230)]
    moment = clock.in_rome(clock.now() + timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%S")
    then = client.get(f"/sedute/{meeting.sitting.id}/presenze?momento={moment}").text
    found = re.search(r'href="([^"]*poi=[^"]*)"', then)
    assert found
    assert "Crowd 00150" in client.get(html.unescape(found[1])).text
    program = Program(client, meeting.make, meeting.facilitator)
    path = f"/sittings/{meeting.sitting.id}/attendance?limit=200"
    told = program.send(path, method="GET").json
    rest = program.send(told["next"].removeprefix("/api/v1"), method="GET").json
    assert told["count"] == 233
    assert len({row["name"] for row in told["persons"] + rest["persons"]}) == 233
    assert rest["next"] is None


def test_who_comes_and_goes_all_day_has_a_short_row(meeting: Meeting) -> None:
    for _ in range(register.MOST_STAYS + 5):
        meeting.run(leave_sitting, meeting.anna, sitting_id=meeting.sitting.id)
        meeting.run(enter_sitting, meeting.anna, sitting_id=meeting.sitting.id)
    with meeting.make.session() as session:
        rows = register.register_of(session, meeting.sitting.id).rows
        (row,) = (row for row in rows if row.name == meeting.anna.display_name)
    assert (len(row.stays), row.count) == (register.MOST_STAYS, register.MOST_STAYS + 6)
    assert row.until is None


def test_the_desk_finds_who_is_not_listed(client: FlaskClient, meeting: Meeting) -> None:
    crowd(meeting, MOST_IN_HALL + 5)
    meeting.make.sign_in(client, meeting.facilitator)
    desk = f"/sedute/{meeting.sitting.id}/banco"
    last = f"Crowd {MOST_IN_HALL + 4:05} has left"
    english = {"Accept-Language": "en"}
    page = client.get(desk, headers=english).text
    assert f"In the hall: {MOST_IN_HALL + 5}" in page
    assert last not in page
    assert "search for the others by name" in page
    searched = client.get(f"{desk}?cerca=crowd {MOST_IN_HALL + 4:05}", headers=english).text
    assert last in searched


def test_receipts_of_a_large_poll_come_page_by_page(client: FlaskClient, meeting: Meeting) -> None:
    count = receipts.PAGE + 20
    poll = meeting.run(open_poll, meeting.facilitator, sitting_id=meeting.sitting.id, question="?",
                       rules=Rules(secret=True))  # fmt: skip
    meeting.run(close_poll, meeting.facilitator, poll_id=poll.id)
    digests = sorted(sha256(str(n).encode()).digest() for n in range(count))
    with meeting.make.database.transaction(SYSTEM) as tx:
        rows = [{"poll_id": poll.id, "digest": digest} for digest in digests]
        tx.session.execute(insert(Receipt), rows)
    at, seen = f"/sedute/{meeting.sitting.id}/votazioni/{poll.id}/ricevute", []
    while at:
        page = client.get(at).text
        found = re.findall(r"<code>([0-9a-f]{64})</code>", page)
        assert len(found) <= receipts.PAGE
        seen += found
        following = re.search(r'rel="next" href="([^"]+)"', page)
        at = following[1] if following else ""
    assert seen == [digest.hex() for digest in digests]
    told = client.get(f"/api/v1/polls/{poll.id}/receipts?limit=500").json
    assert told["receipts"] + client.get(told["next"]).json["receipts"] == seen
    assert client.get(f"/api/v1/polls/{poll.id}/receipts?after=zz").json["receipts"] == seen


def test_a_room_shows_the_newest_questions(client: FlaskClient, meeting: Meeting) -> None:
    count = MOST_SHOWN + 7
    with meeting.make.database.transaction(SYSTEM) as tx:
        rows = [
            {"sitting_id": meeting.sitting.id, "person_id": meeting.anna.person_id,
             "category": Category.CITIZEN, "body": f"Why {n}?", "state": QuestionState.SHOWN,
             "asked_at": tx.now}
            for n in range(count)
        ]  # fmt: skip
        tx.session.execute(insert(Question), rows)
    room = meeting.snapshot()
    assert [len(room["questions"]), room["more_questions"]] == [MOST_SHOWN, 7]
    assert room["questions"][-1]["body"] == f"Why {count - 1}?"
    path = f"/api/v1/sittings/{meeting.sitting.id}/questions"
    first = client.get(path).json
    rest = client.get(f"{path}?after={first[-1]['id']}").json
    assert [one["body"] for one in first + rest] == [f"Why {n}?" for n in range(count)]


def test_a_visitor_costs_a_few_statements_once_the_room_is_kept(
    client: FlaskClient, make: Factory, engine: Engine
) -> None:
    """The sitting is read once, and nobody looks for ballots and statements of no person."""
    sitting = make.sitting()
    make.presided(sitting)
    for page in ("testo", "stanza", "schermo"):
        client.get(f"/sedute/{sitting.id}/{page}")
        with statements(engine) as sent:
            assert client.get(f"/sedute/{sitting.id}/{page}").status_code == 200
        assert len(sent) <= 8
        assert sum("FROM sitting" in statement for statement in sent) == 1
        assert not any("FROM ballot" in one or "FROM statement" in one for one in sent)
