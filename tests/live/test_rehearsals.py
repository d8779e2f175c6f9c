"""A rehearsal works as a sitting does, is found by its address alone, and leaves no trace."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4
from zlib import crc32

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DBAPIError

from consultazione.core import clock, log
from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.core.columns import Base
from consultazione.core.errors import Conflict, NotAllowed, NotFound
from consultazione.core.log import verify
from consultazione.live.messages import MESSAGES
from consultazione.sittings.lifecycle.commands.rehearsals import end_rehearsal, start_rehearsal
from consultazione.sittings.models import Sitting
from consultazione.sittings.queries import coming_sittings, table_sittings
from consultazione.sittings.record.commands.notes import add_phrase
from consultazione.sittings.rehearsals import rehearsals_over
from consultazione.sittings.room.snapshot import room_snapshot
from consultazione.tables.models import ThematicTable
from consultazione.zones.public_log import public_entries
from tests.support.factories import Factory
from tests.support.message_fuzz import Grammar
from tests.support.socketio_browser import Browser
from workers.reactions import owed_by

# What may differ after a rehearsal: how far the log was read, and who is signed in.
ASIDE = {"log_cursor", "sign_in", "ended_sign_in"}

# Of the messages whose fields are drawn, those that happen to be done; chance has a seed, of which
# other messages know nothing. A new message is tried too, and joins them if it is done.
DONE_BY_CHANCE = {
    "agenda.close", "agenda.start", "enter", "floor.give", "hand.raise", "here", "leave",
    "applause.give", "chat.close", "chat.open", "chat.read", "chat.write", "poll.annul",
    "poll.close", "question.answer", "question.show", "questions.mine", "record.mine",
    "sitting.close", "sitting.open", "sitting.resume", "sitting.suspend", "speakers.order",
    "statement.hide", "statement.show", "statement.withdraw", "take_over", "watch",
}  # fmt: skip


@pytest.fixture
def sitting(make: Factory) -> Sitting:
    return make.sitting()


@pytest.fixture
def chair(make: Factory, sitting: Sitting) -> Actor:
    return make.holder(Role.FACILITATOR, sitting.table_id)


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is told that they send too much; before there is a server."""
    monkeypatch.setattr("consultazione.live.gateway._MOST", 10**9)


def begin(make: Factory, chair: Actor, sitting: Sitting) -> int:
    with make.database.transaction(chair) as tx:
        return start_rehearsal(tx, sitting_id=sitting.id).id


def dump(connection: Connection) -> dict[str, list[str]]:
    """Every row of every table."""
    return {
        table.name: sorted(str(row) for row in connection.execute(table.select()))
        for table in Base.metadata.sorted_tables
        if table.name not in ASIDE
    }


def test_after_its_end_every_table_is_as_before(
    unhurried: None,
    app: Flask,
    make: Factory,
    connection: Connection,
    browser: Any,
    sitting: Sitting,
    chair: Actor,
) -> None:
    anna, bruno = make.delegate(), make.citizen()
    desk = make.holder(Role.COORDINATOR, sitting.table_id)
    before = dump(connection)
    rehearsal = begin(make, chair, sitting)
    people = [browser(one) for one in (chair, anna, bruno)]
    assert everything_is_done(rehearsal, *people, browser(desk)) == 40
    assert whatever_else_is_tried(rehearsal, people) == DONE_BY_CHANCE
    during = dump(connection)
    with make.session() as session:
        slug = session.get_one(ThematicTable, sitting.table_id).slug
    assert_nobody_is_told(app.test_client(), rehearsal, slug)
    changed = {name for name in before if during[name] != before[name]}
    assert {"log_entry", "log_text", "log_stream", "done_act", "ballot", "question"} <= changed
    with make.session() as session:
        names = [name for name in verify.streams(session) if log.is_ephemeral(name)]
        parts = ["attendance", "chat", "notes", "poll", "poll", "questions", "sitting"]
        assert sorted(name.partition(":")[0] for name in names) == parts
        assert [fault for name in names for fault in verify.verify_stream(session, name)] == []
        assert owed_by(log.read_streams(session, names)) == []
        assert not any(log.is_ephemeral(one.stream) for one in public_entries(session, limit=500))
        assert public_entries(session, which=names[0], limit=9) == []
    with make.database.transaction(chair) as tx:
        assert end_rehearsal(tx, sitting_id=rehearsal) == sitting.id
    after = dump(connection)
    assert {name: after[name] for name in before if after[name] != before[name]} == {}
    with make.session() as session, pytest.raises(NotFound):
        room_snapshot(session, rehearsal)


def assert_nobody_is_told(visitor: FlaskClient, rehearsal: int, slug: str) -> None:
    """No list of the site knows of a rehearsal, or of what was said in it."""
    table = f"/tavoli/{slug}"
    for page in ("/", "/sedute", table, f"{table}/impegni", "/registro", "/api/v1/sittings"):
        answer = visitor.get(page, follow_redirects=True)
        assert answer.status_code == 200, page
        for trace in (str(rehearsal), "Ask them.", "Who pays?"):
            assert trace not in answer.text, page


def everything_is_done(
    sitting: int, chair: Browser, anna: Browser, bruno: Browser, desk: Browser
) -> int:
    """What people do in a room, each act with a key; how many acts were taken."""
    done = []

    def do(who: Browser, message: str, **fields: Any) -> None:
        if "key" in MESSAGES[message].schema().fields:
            fields["key"] = str(uuid4())
        answer = who.ask(message, fields)
        assert answer["ok"], (message, answer)
        done.append(message)

    def room() -> dict[str, Any]:
        snapshot: dict[str, Any] = bruno.ask("watch", {"sitting": sitting})["snapshot"]
        return snapshot

    do(chair, "sitting.open", sitting=sitting)
    for who in (chair, anna, bruno):
        do(who, "enter", sitting=sitting)
    first = room()["agenda"][0]["id"]
    do(chair, "agenda.start", point=first)
    for who in (anna, bruno):
        do(who, "hand.raise", sitting=sitting)
    mine, other = (hand["id"] for hand in room()["hands"])
    do(chair, "floor.give", hand=mine)
    do(chair, "hand.raise", sitting=sitting, kind="point_of_order")
    do(chair, "floor.end", hand=mine)
    do(bruno, "hand.withdraw", hand=other)
    do(bruno, "hand.withdraw", hand=other)  # records nothing, and its key is forgotten too
    do(bruno, "question.ask", sitting=sitting, body="Who pays?")
    asked = chair.ask("questions.mine", {"sitting": sitting})["questions"]["moderated"][0]["id"]
    do(chair, "question.show", question=asked)
    do(anna, "question.upvote", question=asked)
    do(chair, "question.answer", question=asked, answer="The zone.")
    for secret in (False, True):
        do(chair, "poll.open", sitting=sitting, question="Shall we?", secret=secret)
        poll = room()["polls"][-1]["id"]
        for choice in ("yes", "no", "no"):
            do(anna, "ballot.cast", poll=poll, choice=choice)
        do(chair, "poll.count_room", poll=poll, choice="yes", votes=3)
        # Nobody is in the hall: a second person counts the same.
        do(desk, "poll.count_room", poll=poll, choice="yes", votes=3)
        do(chair, "poll.close", poll=poll)
    do(chair, "note.write", point=first, body="A note.", version=0)
    do(anna, "statement.make", sitting=sitting, body="I dissent.")
    owner = room()["presence"]["present"][0]
    taken = {"sitting": sitting, "body": "Ask them.", "person": owner, "due_on": "2150-01-01"}
    do(chair, "commitment.make", **taken)
    do(chair, "chat.open", sitting=sitting)
    do(anna, "chat.write", sitting=sitting, body="Hello there")
    (line,) = chair.ask("chat.read", {"sitting": sitting})["chat"]["messages"]
    do(chair, "chat.hide", chat_message=line["id"], reason="Off topic")
    do(chair, "chat.show", chat_message=line["id"])
    do(anna, "applause.give", sitting=sitting)
    do(chair, "sitting.suspend", sitting=sitting, reason="Coffee")
    do(chair, "sitting.resume", sitting=sitting)
    return len(done)


def whatever_else_is_tried(sitting: int, people: list[Browser]) -> set[str]:
    """Each message many times, with fields that fit it; those that were done."""
    room = people[0].ask("watch", {"sitting": sitting})["snapshot"]
    ids = {"sitting": [sitting], "person": room["presence"]["present"]}
    for name, rows in {
        "point": room["agenda"],
        "poll": [room["polls"][-1], *room["polls"]],
        "hand": room["hands"],
        "question": room["questions"],
        "statement": room["record"]["statements"],
        "commitment": room["record"]["commitments"],
    }.items():
        ids[name] = [row["id"] for row in rows]
    done = set()
    # What was undertaken stays as it is: it is looked for afterwards.
    left_out = {"sitting.close", "commitment.revise", "commitment.cancel"}
    for name in [*sorted(MESSAGES.keys() - left_out), "sitting.close"]:
        grammar = Grammar(crc32(name.encode()), [2**40], ids)  # whatever other messages there are
        for number in range(8):
            fields = grammar.fit(MESSAGES[name].schema())
            if "key" in fields:
                fields["key"] = str(uuid4())
            if people[number % 3].ask(name, fields)["ok"]:
                done.add(name)
    return done


def test_it_is_a_copy_in_no_list_and_goes_on_when_asked_for_again(
    make: Factory, sitting: Sitting, chair: Actor
) -> None:
    rehearsal = begin(make, chair, sitting)
    assert begin(make, chair, sitting) == rehearsal >= log.EPHEMERAL_FROM
    with make.session() as session:
        agendas = [
            [(point["title"], point["rank"]) for point in room_snapshot(session, one)["agenda"]]
            for one in (sitting.id, rehearsal)
        ]
        assert agendas[0] == agendas[1]
        assert [one.id for one in coming_sittings(session, make.cycle.id)] == [sitting.id]
        assert [one.id for one in table_sittings(session, sitting.table_id)] == [sitting.id]


def test_what_would_stay_cannot_be_rehearsed(make: Factory, sitting: Sitting, chair: Actor) -> None:
    rehearsal = begin(make, chair, sitting)
    with pytest.raises(Conflict), make.database.transaction(chair) as tx:
        add_phrase(tx, sitting_id=rehearsal, body="Agreed.")


def test_a_rehearsal_offers_no_phrase_of_the_table_for_removal(
    make: Factory, browser: Any, sitting: Sitting, chair: Actor
) -> None:
    with make.database.transaction(chair) as tx:
        add_phrase(tx, sitting_id=sitting.id, body="Agreed.")
    offered = {}
    for number in (sitting.id, begin(make, chair, sitting)):
        record = browser(chair).ask("record.mine", {"sitting": number})["record"]
        (offered[number],) = (one["id"] for one in record["phrases"] if one["body"] == "Agreed.")
    real, rehearsed = offered.values()
    assert (real > 0, rehearsed) == (True, None)


def test_only_a_rehearsal_is_ended_and_only_by_who_may(
    make: Factory, sitting: Sitting, chair: Actor
) -> None:
    rehearsal = begin(make, chair, sitting)
    with pytest.raises(Conflict), make.database.transaction(chair) as tx:
        end_rehearsal(tx, sitting_id=sitting.id)
    with pytest.raises(Conflict), make.database.transaction(chair) as tx:
        start_rehearsal(tx, sitting_id=rehearsal)
    for command in (end_rehearsal, start_rehearsal):
        with pytest.raises(NotAllowed), make.database.transaction(make.citizen()) as tx:
            command(tx, sitting_id=rehearsal)


def test_it_is_over_after_some_hours(make: Factory, sitting: Sitting, chair: Actor) -> None:
    rehearsal = begin(make, chair, sitting)
    for hours, over in ((5, []), (7, [rehearsal])):
        with time_machine.travel(clock.now() + timedelta(hours=hours)), make.session() as session:
            assert rehearsals_over(session, now=clock.now()) == over
    with make.database.transaction(SYSTEM) as tx:
        end_rehearsal(tx, sitting_id=rehearsal)
        assert tx.session.get(Sitting, rehearsal) is None


@pytest.mark.parametrize("table", ["log_entry", "log_stream"])
def test_the_database_deletes_nothing_else_from_the_log(
    make: Factory, sitting: Sitting, table: str
) -> None:
    with make.session() as session, pytest.raises(DBAPIError, match="permission denied"):
        session.execute(text(f"DELETE FROM {table}"))
    with make.database.transaction(SYSTEM) as tx, pytest.raises(ValueError, match="ephemeral"):
        log.delete_ephemeral(tx.session, [sitting.id])


def test_its_pages_say_what_it_is(
    client: FlaskClient, make: Factory, sitting: Sitting, chair: Actor
) -> None:
    make.sign_in(client, chair)
    assert client.post(f"/sedute/{sitting.id}/prova").status_code == 303
    with make.session() as session:
        rehearsal = session.scalars(select(Sitting.id).filter_by(rehearses=sitting.id)).one()
    for page in ("", "/stanza", "/schermo", "/testo", "/banco", "/cronaca"):
        answer = client.get(f"/sedute/{rehearsal}{page}")
        assert answer.status_code == 200, page
        assert "Prova: non resta traccia." in answer.text, page
        assert "Prova: non resta traccia." not in client.get(f"/sedute/{sitting.id}{page}").text
    ended = client.post(f"/sedute/{rehearsal}/prova/fine")
    assert ended.location == f"/sedute/{sitting.id}"
    assert client.get(f"/sedute/{rehearsal}/stanza").status_code == 404
