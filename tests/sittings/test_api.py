"""REST of sittings: reading, convening, and the room's commands with a token."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from consultazione.core import clock
from consultazione.core.actor import Role
from tests.support.factories import Factory
from tests.support.meeting import Meeting
from tests.support.memory_keys import MemoryKeys
from tests.support.rest_program import Program


def test_everybody_reads_sittings_and_rooms(client: FlaskClient, meeting: Meeting) -> None:
    other = meeting.make.sitting()
    first = client.get("/api/v1/sittings?limit=1").get_json()
    assert [item["id"] for item in first["items"]] == [meeting.sitting.id]
    rest = client.get(first["next"]).get_json()
    assert ([item["id"] for item in rest["items"]], rest["next"]) == ([other.id], None)
    of_table = client.get(f"/api/v1/sittings?table_id={other.table_id}").get_json()
    assert [item["id"] for item in of_table["items"]] == [other.id]
    one = client.get(f"/api/v1/sittings/{meeting.sitting.id}").get_json()
    assert one["state"] == "open"
    room = client.get(f"/api/v1/sittings/{meeting.sitting.id}/room").get_json()
    assert room == meeting.snapshot()
    missed = client.get(f"/api/v1/sittings/{meeting.sitting.id}/entries?after=4").get_json()
    assert missed == room["chronicle"][4:]
    assert "@example.org" not in str(room)


@pytest.mark.parametrize("rest", ["", "/room", "/entries"])
def test_what_is_not_there(client: FlaskClient, make: Factory, rest: str) -> None:
    answer = client.get(f"/api/v1/sittings/0{rest}")
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"


def test_a_program_convenes_for_who_may(client: FlaskClient, make: Factory) -> None:
    table = make.table()
    path = f"/tables/{table.id}/sittings"
    body = {
        "title": "First sitting",
        "place": "Online",
        "starts_at": (clock.now() + timedelta(days=3)).isoformat(),
        "points": [{"title": "Carers", "minutes_planned": 20}],
    }
    facilitator = Program(client, make, make.holder(Role.FACILITATOR, table.id))
    made = facilitator.send(path, body)
    assert made.status_code == 201
    sitting_id = made.get_json()["id"]
    assert facilitator.send(f"/sittings/{sitting_id}/points", {"title": "More"}).status_code == 201
    assert facilitator.send(path, {**body, "points": []}).status_code == 422
    assert Program(client, make, make.citizen()).send(path, body).status_code == 403
    room = client.get(f"/api/v1/sittings/{sitting_id}/room").get_json()
    assert [point["title"] for point in room["agenda"]] == ["Carers", "More"]


def test_a_whole_sitting_over_rest(client: FlaskClient, make: Factory) -> None:
    sitting = make.sitting(starts_at=clock.now() + timedelta(days=1))
    at = f"/sittings/{sitting.id}"
    presides = Program(client, make, make.holder(Role.FACILITATOR, sitting.table_id))
    citizen = Program(client, make, make.citizen())
    assert citizen.send(f"{at}/enter").status_code == 409
    early = presides.send(f"{at}/open")
    assert (early.status_code, list(early.get_json()["errors"])) == (422, ["early_reason"])
    assert presides.send(f"{at}/open", {"early_reason": "All are here."}).status_code == 204
    assert citizen.send(f"{at}/enter").status_code == 204
    room = client.get(f"/api/v1{at}/room").get_json()
    point = room["agenda"][0]["id"]
    assert presides.send(f"/points/{point}/start").status_code == 204
    assert citizen.send(f"{at}/hands").status_code == 204
    hand = client.get(f"/api/v1{at}/room").get_json()["hands"][0]["id"]
    assert citizen.send(f"/hands/{hand}/give-floor").status_code == 403
    assert presides.send(f"/hands/{hand}/give-floor").status_code == 204
    assert citizen.send(f"/hands/{hand}/end-floor").status_code == 204
    assert citizen.send(f"/hands/{hand}/withdraw").status_code == 409
    poll = presides.send(f"{at}/polls", {"question": "Agreed?"}).get_json()["id"]
    ballot = f"/polls/{poll}/ballot"
    assert citizen.send(ballot, {"choice": "maybe"}, "PUT").status_code == 422
    assert citizen.send(ballot, {"choice": "yes"}, "PUT").status_code == 204
    assert presides.send(f"/polls/{poll}/close").status_code == 204
    assert presides.send(f"/points/{point}/close").status_code == 204
    assert citizen.send(f"{at}/leave").status_code == 204
    assert presides.send(f"{at}/close").status_code == 204
    room = client.get(f"/api/v1{at}/room").get_json()
    assert (room["sitting"]["state"], room["polls"][0]["carried"]) == ("closed", True)


def test_a_visitor_acts_on_nothing(client: FlaskClient, meeting: Meeting) -> None:
    answer = client.post(f"/api/v1/sittings/{meeting.sitting.id}/hands")
    assert answer.status_code == 403
    assert answer.mimetype == "application/problem+json"


def test_questions_over_rest(client: FlaskClient, meeting: Meeting) -> None:
    presides = Program(client, meeting.make, meeting.facilitator)
    anna, bruno = (Program(client, meeting.make, who) for who in (meeting.anna, meeting.bruno))
    at = f"/sittings/{meeting.sitting.id}/questions"
    first = anna.send(at, {"body": "How many places?"}).get_json()["id"]
    same = bruno.send(at, {"body": "How many beds?"}).get_json()["id"]
    assert anna.send(at, {"body": "x" * 1001}).status_code == 422
    assert client.get(f"/api/v1{at}").get_json() == []
    assert bruno.send(f"/questions/{first}/show").status_code == 403
    assert presides.send(f"/questions/{first}/show").status_code == 204
    assert presides.send(f"/questions/{same}/merged", {"into": first}, "PUT").status_code == 204
    assert bruno.send(f"/questions/{first}/downvote").status_code == 204
    assert bruno.send(f"/questions/{first}/upvote").status_code == 204
    assert presides.send(f"/questions/{same}/hidden", {"reason": "?"}, "PUT").status_code == 409
    answer = {"answer": "Forty."}
    assert presides.send(f"/questions/{first}/answer", answer, "PUT").status_code == 204
    (shown,) = client.get(f"/api/v1{at}").get_json()
    assert (shown["answer"], shown["upvotes"], shown["state"]) == ("Forty.", 1, "answered")


def test_what_is_written_down_over_rest(client: FlaskClient, meeting: Meeting) -> None:
    presides = Program(client, meeting.make, meeting.facilitator)
    anna = Program(client, meeting.make, meeting.anna)
    at = f"/sittings/{meeting.sitting.id}"
    note = f"/points/{meeting.points()[0].id}/note"
    assert anna.send(note, {"body": "Mine", "version": 0}, "PUT").status_code == 403
    assert presides.send(note, {"body": "Noted", "version": 0}, "PUT").status_code == 204
    assert presides.send(note, {"body": "Other", "version": 0}, "PUT").status_code == 409
    assert presides.send(f"{at}/phrases", {"body": "Thanks."}, "PUT").status_code == 204
    made = anna.send(f"{at}/statements", {"body": "For the record."})
    assert made.status_code == 201
    statement = f"/statements/{made.get_json()['id']}"
    assert presides.send(f"{statement}/hidden", {"reason": "A name"}, "PUT").status_code == 204
    assert presides.send(f"{statement}/show").status_code == 204
    due = (clock.today() + timedelta(days=3)).isoformat()
    taken = {"body": "Send the data", "person": meeting.anna.person_id, "due_on": due}
    commitment = presides.send(f"{at}/commitments", taken).get_json()["id"]
    anew = {**taken, "body": "Send it all"}
    assert presides.send(f"/commitments/{commitment}", anew, "PUT").status_code == 204
    record = meeting.snapshot()["record"]
    assert [one["body"] for one in record["statements"]] == ["For the record."]
    assert [one["body"] for one in record["commitments"]] == ["Send it all"]
    assert anna.send(f"{statement}/withdraw").status_code == 204
    assert anna.send(f"/commitments/{commitment}/complete").status_code == 409
    assert presides.send(f"{at}/close").status_code == 204
    assert anna.send(f"/commitments/{commitment}/complete").status_code == 204


def test_a_poll_whose_key_is_lost_is_annulled_over_rest(
    client: FlaskClient, make: Factory, poll_keys: MemoryKeys
) -> None:
    sitting = make.sitting()
    at = f"/sittings/{sitting.id}"
    presides = Program(client, make, make.holder(Role.FACILITATOR, sitting.table_id))
    citizen = Program(client, make, make.citizen())
    presides.send(f"{at}/open")
    citizen.send(f"{at}/enter")
    asked = {"question": "Whom?", "secret": True}
    first = presides.send(f"{at}/polls", asked).get_json()["id"]
    poll_keys.kept.clear()
    refused = citizen.send(f"/polls/{first}/ballot", {"choice": "yes"}, "PUT")
    assert refused.status_code == 409
    assert refused.get_json()["detail"].startswith("Questa votazione è annullata")
    assert presides.send(f"/polls/{first}/close").status_code == 204
    second = presides.send(f"{at}/polls", asked).get_json()["id"]
    assert citizen.send(f"/polls/{second}/ballot", {"choice": "yes"}, "PUT").status_code == 204
    poll_keys.is_away = True
    assert presides.send(f"/polls/{second}/close").status_code == 503
    poll_keys.is_away = False
    assert presides.send(f"{at}/close", {"count_poll": True}).status_code == 204
    polls = client.get(f"/api/v1{at}/room").get_json()["polls"]
    assert [poll["state"] for poll in polls] == ["annulled", "closed"]
    assert polls[1]["tally"]["yes"] == 1
