"""The stream of sentences: resumed by number, bounded, ended with its token, idle when it waits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_socketio import SocketIO
from sqlalchemy import select

from consultazione.core.actor import Actor, Role
from consultazione.live import sse
from consultazione.live.sse import SentenceStreams
from consultazione.people.commands.tokens import create_token, delete_token
from consultazione.people.models import ApiToken
from consultazione.sittings.floor.commands.floor import withdraw_hand
from consultazione.sittings.floor.commands.hands import raise_hand
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.lifecycle.commands.rehearsals import end_rehearsal, start_rehearsal
from consultazione.sittings.models import Sitting
from consultazione.sittings.room.entries import told_room
from tests.support.database_away import away
from tests.support.factories import Factory


@pytest.fixture
def office(app: Flask, socketio: SocketIO, monkeypatch: pytest.MonkeyPatch) -> SentenceStreams:
    """The streams of a web process, with a quick beat."""
    monkeypatch.setattr(sse, "BEAT_SECONDS", 0.05)
    found: SentenceStreams = app.extensions["streams"]
    return found


class Listening:
    """A program that reads the stream of a sitting."""

    def __init__(self, client: FlaskClient, sitting: Sitting, **headers: str) -> None:
        path = f"/api/v1/sittings/{sitting.id}/stream"
        self.answer = client.get(path, headers=headers, buffered=False)
        self._parts: Iterator[Any] = iter(self.answer.iter_encoded())
        if self.answer.status_code == 200:
            assert b"retry" in next(self._parts)

    def hears(self) -> str:
        """The next part that comes."""
        part: bytes = next(self._parts)
        return part.decode()

    def numbers(self) -> list[int]:
        """The numbers of the events in the next part."""
        lines = self.hears().splitlines()
        return [int(line.removeprefix("id: ")) for line in lines if line.startswith("id: ")]


def test_it_tells_what_happened_and_what_happens_and_ends(
    office: SentenceStreams, client: FlaskClient, make: Factory, chair: Actor, sitting: Sitting
) -> None:
    listening = Listening(client, sitting)
    assert listening.answer.mimetype == "text/event-stream"
    before = listening.numbers()
    assert before == sorted(before)
    assert before[0] == 1
    anna = make.present(sitting)
    with make.database.transaction(anna) as tx:
        raise_hand(tx, sitting_id=sitting.id)
    assert listening.hears().startswith(":")
    office.wake(f"sitting:{sitting.id}")
    said = listening.hears()
    assert anna.display_name in said
    with make.database.transaction(chair) as tx:
        close_sitting(tx, sitting_id=sitting.id)
    office.wake(None)
    (last, *_) = listening.numbers()[::-1]
    with pytest.raises(StopIteration):
        listening.hears()
    listening.answer.close()
    assert len(office) == 0
    again = Listening(client, sitting, **{"Last-Event-ID": str(last - 1)})
    assert again.numbers() == [last]
    assert Listening(client, sitting, **{"Last-Event-ID": str(last)}).answer.status_code == 204


def test_whoever_waits_holds_no_connection(
    office: SentenceStreams,
    client: FlaskClient,
    chair: Actor,
    sitting: Sitting,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    listening = Listening(client, sitting)
    listening.hears()

    def asked() -> None:
        raise AssertionError("a connection was asked for")

    monkeypatch.setattr(type(office._database), "snapshot", lambda _self: asked())
    for _ in range(3):
        assert listening.hears().startswith(":")
    listening.answer.close()


def test_the_room_is_read_only_when_there_is_news(
    office: SentenceStreams,
    client: FlaskClient,
    make: Factory,
    chair: Actor,
    sitting: Sitting,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with make.database.transaction(chair) as tx:
        hand = raise_hand(tx, sitting_id=sitting.id)
        withdraw_hand(tx, hand_id=hand.id)  # an entry without a sentence
    listening = Listening(client, sitting)
    listening.hears()
    readings: list[int] = []

    def reading(session: Any, sitting_id: int, entries: Any) -> Any:
        readings.append(sitting_id)
        return told_room(session, sitting_id, entries)

    monkeypatch.setattr(sse, "told_room", reading)
    for _ in range(3):  # who comes and goes, and the beat of the sitting
        office.wake(f"sitting:{sitting.id}")
        assert listening.hears().startswith(":")
    assert readings == []
    with make.database.transaction(chair) as tx:
        raise_hand(tx, sitting_id=sitting.id)
    office.wake(f"sitting:{sitting.id}")
    assert len(listening.numbers()) == 1
    assert readings == [sitting.id]
    listening.answer.close()


def test_there_are_places_for_so_many(
    office: SentenceStreams,
    client: FlaskClient,
    chair: Actor,
    sitting: Sitting,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sse, "MOST_OF_ONE", 1)
    first = Listening(client, sitting)
    refused = Listening(client, sitting).answer
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "20")
    assert refused.mimetype == "application/problem+json"
    first.answer.close()
    assert Listening(client, sitting).answer.status_code == 200


def test_it_ends_with_its_token(
    office: SentenceStreams, client: FlaskClient, make: Factory, chair: Actor, sitting: Sitting
) -> None:
    anna = make.citizen()
    with make.database.transaction(anna) as tx:
        token = create_token(tx, person_id=anna.person_id or 0, label="A reader")
    listening = Listening(client, sitting, Authorization=f"Bearer {token}")
    listening.hears()
    assert listening.hears().startswith(":")
    with make.database.transaction(anna) as tx:
        found = tx.session.scalars(select(ApiToken).filter_by(person_id=anna.person_id))
        delete_token(tx, token_id=found.one().id)
    with pytest.raises(StopIteration):
        listening.hears()


def test_it_ends_with_its_rehearsal(
    office: SentenceStreams, client: FlaskClient, make: Factory
) -> None:
    sitting = make.sitting()
    who = make.holder(Role.FACILITATOR, sitting.table_id)
    with make.database.transaction(who) as tx:
        rehearsal = start_rehearsal(tx, sitting_id=sitting.id)
    listening = Listening(client, rehearsal)
    listening.hears()
    with make.database.transaction(who) as tx:
        end_rehearsal(tx, sitting_id=rehearsal.id)
    office.wake(f"sitting:{rehearsal.id}")
    with pytest.raises(StopIteration):
        listening.hears()


def test_it_ends_while_the_database_is_away(
    office: SentenceStreams,
    client: FlaskClient,
    chair: Actor,
    sitting: Sitting,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    listening = Listening(client, sitting)
    listening.hears()
    monkeypatch.setattr(type(office._database), "snapshot", lambda _self: away())
    office.wake(None)
    with pytest.raises(StopIteration):
        listening.hears()


def test_no_such_sitting(office: SentenceStreams, client: FlaskClient) -> None:
    assert client.get("/api/v1/sittings/999999/stream").status_code == 404
