"""Commitments: made with an owner and a due day, revised until the closing, then completed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from consultazione.core import clock
from consultazione.core.actor import Actor
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.lifecycle.commands.points import start_point
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.record.commands.commitments import (
    MOST_COMMITMENTS,
    cancel_commitment,
    complete_commitment,
    make_commitment,
    revise_commitment,
)
from consultazione.sittings.record.commitments import awaited_commitments, table_commitments
from tests.support.meeting import Meeting


def soon(days: int = 7) -> date:
    """A day in the future."""
    return clock.today() + timedelta(days=days)


def undertake(meeting: Meeting, body: str = "Send the data", **more: Any) -> int:
    """Make a commitment, of Anna's unless the fields name another owner; return its id."""
    owner = {} if "organisation_id" in more else {"person_id": meeting.anna.person_id}
    fields = {"sitting_id": meeting.sitting.id, "body": body, "due_on": soon(), **owner, **more}
    return int(meeting.run(make_commitment, meeting.facilitator, **fields).id)


def close(meeting: Meeting) -> None:
    meeting.run(close_sitting, meeting.facilitator, sitting_id=meeting.sitting.id)


def complete(meeting: Meeting, commitment_id: int, actor: Actor) -> Any:
    return meeting.run(complete_commitment, actor, commitment_id=commitment_id)


def awaited(meeting: Meeting, actor: Actor) -> list[str]:
    """Return the bodies of the open commitments that await an actor."""
    with meeting.make.session() as session:
        found = awaited_commitments(
            session, meeting.make.zone.id, actor.person_id or 0, at=clock.now()
        )
        return [one.body for one in found]


def moves(meeting: Meeting) -> list[str]:
    kinds = meeting.kinds(f"notes:{meeting.sitting.id}")
    return [kind.removeprefix("commitment.") for kind in kinds]


def test_a_commitment_is_in_the_room_for_all(meeting: Meeting) -> None:
    point = meeting.points()[0]
    meeting.run(start_point, meeting.facilitator, point_id=point.id)
    organisation = meeting.make.organisation()
    made = undertake(meeting)
    assert undertake(meeting) == made
    undertake(meeting, "Find a hall", organisation_id=organisation.id, due_on=soon(3))
    first, second = meeting.snapshot()["record"]["commitments"]
    assert (first["body"], first["organisation"]) == ("Find a hall", organisation.name)
    assert (second["person_id"], second["point_id"]) == (meeting.anna.person_id, point.id)
    assert second["due_on"] == soon().isoformat()
    assert moves(meeting) == ["recorded", "recorded"]


def test_an_owner_is_one_and_is_there_and_the_day_is_not_past(meeting: Meeting) -> None:
    absent = meeting.make.citizen().person_id
    organisation = meeting.make.organisation().id
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"person_id": None}, "owner"),
        ({"person_id": meeting.anna.person_id, "organisation_id": organisation}, "owner"),
        ({"person_id": absent}, "person_id"),
        ({"organisation_id": 10**9}, "organisation_id"),
        ({"due_on": clock.today() - timedelta(days=1)}, "due_on"),
    ]
    for fields, named in wrong:
        with pytest.raises(Invalid) as refused:
            undertake(meeting, **fields)
        assert list(refused.value.fields) == [named]
    assert meeting.snapshot()["record"]["commitments"] == []


def test_a_commitment_is_revised_and_struck_out_until_the_closing(meeting: Meeting) -> None:
    made, kept = undertake(meeting), undertake(meeting, "Kept")
    anew = {"commitment_id": made, "body": "Send it all", "due_on": soon(9)}
    for _ in range(2):
        meeting.run(
            revise_commitment, meeting.facilitator, **anew, person_id=meeting.bruno.person_id
        )
    revised = meeting.snapshot()["record"]["commitments"][1]
    assert (revised["body"], revised["person_id"]) == ("Send it all", meeting.bruno.person_id)
    for _ in range(2):
        meeting.run(cancel_commitment, meeting.facilitator, commitment_id=made)
    with pytest.raises(Conflict):
        meeting.run(revise_commitment, meeting.facilitator, **anew)
    assert moves(meeting) == ["recorded", "recorded", "revised", "cancelled"]
    close(meeting)
    with pytest.raises(Conflict):
        meeting.run(cancel_commitment, meeting.facilitator, commitment_id=kept)
    with pytest.raises(Conflict):
        undertake(meeting, "Too late")
    with pytest.raises(Conflict):
        complete(meeting, made, meeting.facilitator)


def test_only_who_presides_takes_commitments_down(meeting: Meeting) -> None:
    made = undertake(meeting)
    anew = {"body": "?", "due_on": soon(), "person_id": meeting.anna.person_id}
    acts: list[tuple[Any, dict[str, Any]]] = [
        (make_commitment, {"sitting_id": meeting.sitting.id, **anew}),
        (revise_commitment, {"commitment_id": made, **anew}),
        (cancel_commitment, {"commitment_id": made}),
    ]
    for command, fields in acts:
        with pytest.raises(NotAllowed):
            meeting.run(command, meeting.anna, **fields)
    with pytest.raises(NotFound):
        meeting.run(cancel_commitment, meeting.facilitator, commitment_id=10**9)


def test_a_sitting_takes_so_many_commitments_down(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consultazione.sittings.record.commands.commitments.MOST_COMMITMENTS", 2)
    assert MOST_COMMITMENTS > 2
    for body in ("One", "Two"):
        undertake(meeting, body)
    with pytest.raises(Conflict):
        undertake(meeting, "Three")


def test_who_undertook_it_says_that_it_is_done(meeting: Meeting) -> None:
    own, other = undertake(meeting), undertake(meeting, "Another")
    with pytest.raises(Conflict):
        complete(meeting, own, meeting.anna)
    assert awaited(meeting, meeting.anna) == []
    close(meeting)
    assert awaited(meeting, meeting.anna) == ["Send the data", "Another"]
    with pytest.raises(NotAllowed):
        complete(meeting, own, meeting.bruno)
    for _ in range(2):
        complete(meeting, own, meeting.anna)
    complete(meeting, other, meeting.facilitator)
    assert awaited(meeting, meeting.anna) == []
    kinds = meeting.kinds(f"table:{meeting.sitting.table_id}")
    assert kinds.count("commitment.completed") == 2
    with meeting.make.session() as session:
        kept = table_commitments(session, meeting.sitting.table_id)
    assert [one.owner for one in kept] == [meeting.anna.display_name] * 2


def test_delegates_answer_for_their_organisation(meeting: Meeting) -> None:
    make = meeting.make
    person, organisation = make.person(), make.organisation()
    make.mandate(person, organisation)
    made = undertake(meeting, organisation_id=organisation.id)
    close(meeting)
    delegate = make.actor(person)
    assert awaited(meeting, delegate) == ["Send the data"]
    with pytest.raises(NotAllowed):
        complete(meeting, made, meeting.anna)
    complete(meeting, made, delegate)
    assert awaited(meeting, delegate) == []


def test_the_page_of_a_table_lists_them_and_marks_them_as_done(
    meeting: Meeting, client: FlaskClient
) -> None:
    undertake(meeting, "Send the data")
    with meeting.make.session() as session:
        path = f"/tavoli/{get_sitting(session, meeting.sitting.id).table.slug}/impegni"
    assert "Send the data" not in client.get(path).text
    close(meeting)
    page = client.get(path).text
    assert "Send the data" in page
    assert "/mantenuto" not in page
    hers = meeting.make.sign_in(client, meeting.anna)
    assert (
        "Send the data" in hers.get("/", follow_redirects=True).text
    )  # on the to-do list of the home page
    button = re.search(r'action="([^"]+/mantenuto)"', hers.get(path).text)
    assert button is not None
    done = hers.post(button[1], follow_redirects=True).text
    assert "/mantenuto" not in done
    assert "Send the data" not in hers.get("/", follow_redirects=True).text
    assert hers.post("/impegni/999999/mantenuto").status_code == 404


def test_a_visitor_is_asked_to_sign_in_first(meeting: Meeting, client: FlaskClient) -> None:
    made = undertake(meeting)
    close(meeting)
    answer = client.post(f"/impegni/{made}/mantenuto")
    assert answer.status_code == 302
    assert awaited(meeting, meeting.anna) == ["Send the data"]
