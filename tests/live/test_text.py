"""The sitting as text: what is pressed there counts as in the room, without a script."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from redis import Redis
from werkzeug.test import TestResponse

from consultazione.core import clock
from consultazione.core.actor import Actor, Role
from consultazione.people.commands.identifying import identify_person
from consultazione.sittings.agenda.commands.points import add_point
from consultazione.sittings.models import Sitting
from consultazione.sittings.polls.commands.polls import close_poll, open_poll
from consultazione.sittings.polls.models import Poll
from consultazione.sittings.polls.rules import Effect, Franchise, Rules
from consultazione.sittings.record.commands.commitments import make_commitment
from consultazione.sittings.room.snapshot import room_snapshot
from consultazione.tables.rights.commands import change_table_rule
from consultazione.tables.rules import TableRule, Who
from tests.support.factories import Factory
from tests.support.proxies import Table
from tests.support.socketio_browser import Told


@pytest.fixture
def anna(make: Factory) -> Actor:
    return make.citizen()


@pytest.fixture
def hers(
    app: Flask, make: Factory, anna: Actor, chair: Actor, told: Told, redis: object
) -> FlaskClient:
    return make.sign_in(app.test_client(), anna)


class Reader:
    """Somebody who presses the buttons of the page."""

    def __init__(self, client: FlaskClient, sitting: Sitting) -> None:
        self._client = client
        self._path = f"/sedute/{sitting.id}/testo"

    def page(self) -> str:
        response = self._client.get(self._path)
        assert response.status_code == 200
        return response.text

    def press(self, message: str, **also: str) -> str:
        """Send the first form of that message as it stands in the page."""
        for form in re.findall(r"<form.*?</form>", self.page(), re.DOTALL):
            fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
            if fields.get("message") == message and also.items() <= fields.items():
                return self.send(**fields)
        raise AssertionError(f"no button for {message}")

    def send(self, **fields: str) -> str:
        return self._client.post(self._path, data=fields, follow_redirects=True).text


@pytest.fixture
def reader(hers: FlaskClient, sitting: Sitting) -> Reader:
    return Reader(hers, sitting)


def test_a_visitor_reads_and_has_no_buttons(
    client: FlaskClient, chair: Actor, sitting: Sitting
) -> None:
    response = client.get(f"/sedute/{sitting.id}/testo")
    assert response.status_code == 200
    assert 'name="message"' not in response.text
    assert "Refresh" not in response.headers
    assert client.get("/sedute/999999/testo").status_code == 404


def test_before_the_opening(client: FlaskClient, make: Factory) -> None:
    sitting = make.sitting()
    chair = make.holder(Role.FACILITATOR, sitting.table_id)
    with make.database.transaction(chair) as tx:
        add_point(tx, sitting_id=sitting.id, title="Trasporti")
    page = client.get(f"/sedute/{sitting.id}/testo").text
    assert "La seduta non è ancora cominciata." in page
    assert "All’ordine del giorno: Trasporti" in page
    assert "È cambiato l’ordine" not in page


def test_from_entering_to_leaving(
    reader: Reader, make: Factory, chair: Actor, anna: Actor, sitting: Sitting
) -> None:
    assert "hand.raise" not in reader.page()
    reader.press("here")
    reader.press("hand.raise")
    with make.session() as session:
        room = room_snapshot(session, sitting.id)
    assert anna.person_id in room["presence"]["present"]
    assert [hand["person_id"] for hand in room["hands"]] == [anna.person_id]
    reader.press("hand.withdraw")
    with make.database.transaction(chair) as tx:
        poll = open_poll(tx, sitting_id=sitting.id, question="Approviamo?")
    assert "Voto palese: tutti vedono chi ha votato che cosa" in reader.page()
    reader.press("ballot.cast", choice="yes")
    assert "Voto registrato: Favorevole." in reader.page()
    with make.session() as session:
        assert room_snapshot(session, sitting.id)["turnout"]["cast"] == 1
    assert poll.id
    reader.press("leave")
    with make.session() as session:
        assert anna.person_id not in room_snapshot(session, sitting.id)["presence"]["present"]


def test_who_has_no_vote_reads_why_and_has_no_buttons(
    reader: Reader, make: Factory, chair: Actor, anna: Actor, sitting: Sitting
) -> None:
    office, admin = make.holder(Role.PLAN_OFFICE), make.holder(Role.ADMINISTRATOR)
    with make.database.transaction(office) as tx:
        change_table_rule(tx, table_id=sitting.table_id, rule=TableRule(vote=Who.IDENTIFIED))
    reader.press("here")
    with make.database.transaction(chair) as tx:
        open_poll(tx, sitting_id=sitting.id, question="Approviamo?")
    assert "Qui non voti finché non sei identificato" in reader.page()
    assert "ballot.cast" not in reader.page()
    with make.database.transaction(admin) as tx:
        identify_person(tx, zone_id=make.zone.id, person_id=anna.person_id or 0)
    assert "Qui non voti" not in reader.page()
    assert reader.page().count("ballot.cast") == 3


def test_who_is_kept_out_reads_why_in_place_of_the_way_in(
    reader: Reader, make: Factory, chair: Actor, sitting: Sitting
) -> None:
    office = make.holder(Role.PLAN_OFFICE)
    with make.database.transaction(office) as tx:
        change_table_rule(tx, table_id=sitting.table_id, rule=TableRule(attend=Who.ACCREDITED))
    assert "Chiedi al facilitatore del tavolo" in reader.page()
    assert 'name="message"' not in reader.page()


def test_only_proxies_that_vote_have_buttons_and_once_if_the_vote_is_final(
    app: Flask, make: Factory, told: Told, redis: object
) -> None:
    table = Table(make)
    holder = table.delegate()
    proxy = table.give(table.delegate(), holder)
    chair = make.presided(table.sitting)
    table.come(holder)
    page = Reader(make.sign_in(app.test_client(), holder), table.sitting)
    rules = Rules(franchise=Franchise.WEIGHTS, changeable=False)

    def ask(organisation_id: int) -> Poll:
        weights = {organisation_id: 2}  # and none for the holder's own
        where = {"sitting_id": table.sitting.id, "question": "Approviamo?"}
        poll: Poll = table.run(open_poll, chair, **where, rules=rules, weights=weights)
        return poll

    poll = ask(make.seated(table.table.id).id)
    assert "ballot.cast" not in page.page()
    table.run(close_poll, chair, poll_id=poll.id)
    ask(proxy.organisation_id or 0)
    page.press("ballot.cast", choice="yes")
    assert "ballot.cast" not in page.page()


def test_an_opinion_poll_has_buttons_for_whoever_is_there(
    reader: Reader, make: Factory, chair: Actor, sitting: Sitting
) -> None:
    office = make.holder(Role.PLAN_OFFICE)
    with make.database.transaction(office) as tx:
        change_table_rule(tx, table_id=sitting.table_id, rule=TableRule(vote=Who.IDENTIFIED))
    reader.press("here")
    with make.database.transaction(chair) as tx:
        open_poll(tx, sitting_id=sitting.id, question="Che ne dite?", effect=Effect.CONSULTATIVE)
    assert reader.page().count("ballot.cast") == 3


def test_a_form_that_is_sent_twice_acts_once(
    reader: Reader, make: Factory, sitting: Sitting
) -> None:
    reader.press("here")
    form = {"message": "hand.raise", "sitting": str(sitting.id), "key": "0" * 32}
    reader.send(**form)
    reader.press("hand.withdraw")
    reader.send(**form)
    with make.session() as session:
        assert room_snapshot(session, sitting.id)["hands"] == []


@pytest.mark.parametrize("message", ["sitting.close", "enter", "", "__class__"])
def test_other_messages_are_refused(
    reader: Reader, make: Factory, sitting: Sitting, message: str
) -> None:
    page = reader.send(message=message, sitting=str(sitting.id))
    assert "alert-danger" in page or "danger" in page
    with make.session() as session:
        assert room_snapshot(session, sitting.id)["sitting"]["state"] == "open"


def news(client: FlaskClient, sitting: Sitting, after: int) -> TestResponse:
    """The frame in the page that was loaded at a number."""
    return client.get(f"/sedute/{sitting.id}/testo/novita?dopo={after}")


def test_what_is_new_stands_in_a_frame_that_renews_itself(
    client: FlaskClient, reader: Reader, chair: Actor, make: Factory, sitting: Sitting
) -> None:
    with make.session() as session:
        number = room_snapshot(session, sitting.id)["number"]
    assert f"novita?dopo={number}" in reader.page()
    quiet = news(client, sitting, number)
    assert quiet.headers["Refresh"] == "20"
    assert "frame-ancestors 'self'" in quiet.headers["Content-Security-Policy"]
    assert "<li>" not in quiet.text
    with make.database.transaction(chair) as tx:
        open_poll(tx, sitting_id=sitting.id, question="Approviamo?")
    loud = news(client, sitting, number)
    assert "Approviamo?" in loud.text
    assert loud.text.count("<li>") == 1
    assert "<li>" not in news(client, sitting, number + 1).text


def test_a_frame_that_renews_itself_keeps_who_takes_part(
    reader: Reader, hers: FlaskClient, redis: Redis, anna: Actor, sitting: Sitting
) -> None:
    news(hers, sitting, 1)
    assert redis.keys("here:*") == []
    reader.press("here")
    for key in redis.scan_iter("here:*"):
        redis.delete(key)
    news(hers, sitting, 1)
    assert len(redis.keys("here:*")) > 0


def test_a_question_that_is_refused_stays_in_its_field(reader: Reader, sitting: Sitting) -> None:
    reader.press("here")
    long = "Perché? " * 200
    asked = {"message": "question.ask", "sitting": str(sitting.id), "key": "1" * 32}
    refused = reader.send(body=long, **asked)
    assert long.strip() in refused
    assert "danger" in refused
    assert long.strip() not in reader.send(body="Perché?", **asked)


def test_visitors_are_asked_to_sign_in(client: FlaskClient, chair: Actor, sitting: Sitting) -> None:
    answer = client.post(f"/sedute/{sitting.id}/testo", data={"message": "here"})
    assert answer.status_code == 302
    assert "/accedi" in answer.location


def test_a_statement_is_recorded_and_withdrawn_as_text(
    reader: Reader, make: Factory, chair: Actor, anna: Actor, sitting: Sitting
) -> None:
    reader.press("here")
    with make.database.transaction(chair) as tx:
        made = make_commitment(
            tx,
            sitting_id=sitting.id,
            body="Mandare i dati",
            person_id=anna.person_id,
            due_on=clock.today(),
        )
    page = reader.send(message="statement.make", sitting=str(sitting.id), body="Sono contraria.")
    assert page.count("Sono contraria.") == 2  # as one's own, and as all see it
    assert made.body in page
    assert "Sono contraria." not in reader.press("statement.withdraw")
    long = reader.send(message="statement.make", sitting=str(sitting.id), body="x" * 2001)
    assert "x" * 2001 in long  # what was typed is not lost
