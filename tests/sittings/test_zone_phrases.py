"""The stock phrases that a zone keeps for the minutes of all its tables."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from consultazione.core import log
from consultazione.core.actor import Role
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.sittings.record.commands import zone_phrases as commands
from consultazione.sittings.record.commands.zone_phrases import (
    add_zone_phrase,
    change_zone_phrase,
    retire_zone_phrase,
)
from consultazione.sittings.record.phrases import STOCK
from consultazione.sittings.record.queries import offered_phrases, phrase_shelves, zone_phrases
from tests.support.at_once import at_once
from tests.support.factories import Factory
from tests.support.final_commits import final_commits
from tests.support.minutes_desk import draft_of_a_sitting
from tests.support.rest_program import Program

BODY = "Il presidente, constatata la presenza, dichiara aperta la seduta."


def run(make: Factory, command: Any, **fields: Any) -> Any:
    """What a command answers to the plan office."""
    with make.database.transaction(make.holder(Role.PLAN_OFFICE)) as tx:
        return command(tx, **fields)


def added(make: Factory, body: str = BODY) -> int:
    """The number of a phrase that was added."""
    return int(run(make, add_zone_phrase, zone_id=make.zone.id, body=body).id)


def kinds(make: Factory) -> list[str]:
    """What happened to phrases, by the log of the zone."""
    with make.session() as session:
        entries = log.read_stream(session, f"zone:{make.zone.id}")
    return [entry.kind for entry in entries if entry.kind.startswith("zone_phrase")]


def test_a_phrase_is_added_changed_and_retired(make: Factory) -> None:
    number, table = added(make), make.table()
    for _again in range(2):
        run(make, change_zone_phrase, zone_phrase_id=number, body="Si apre.", version=1)
    with make.session() as session:
        shelves = phrase_shelves(session, make.zone.id, table.id)
        offered = [phrase["body"] for phrase in offered_phrases(session, table.id)]
    assert (shelves.zone, shelves.table, shelves.product) == (["Si apre."], [], list(STOCK))
    assert offered == [*STOCK, "Si apre."]
    for _again in range(2):
        run(make, retire_zone_phrase, zone_phrase_id=number)
    with make.session() as session:
        assert zone_phrases(session, make.zone.id) == []
        assert [one.id for one in zone_phrases(session, make.zone.id, retired=True)] == [number]
    assert kinds(make) == ["zone_phrase.added", "zone_phrase.changed", "zone_phrase.retired"]


def test_other_zones_do_not_have_it(make: Factory) -> None:
    added(make)
    other = Factory(make.database, name="Altra unione")
    with make.session() as session:
        assert phrase_shelves(session, other.zone.id, other.table().id).zone == []


@pytest.mark.parametrize("body", [BODY, STOCK[0]])
def test_what_is_offered_is_not_added_again(make: Factory, body: str) -> None:
    added(make)
    with pytest.raises(Invalid) as refused:
        added(make, body)
    assert list(refused.value.fields) == ["body"]


def test_what_somebody_has_changed_meanwhile_stays(make: Factory) -> None:
    number = added(make)
    run(make, change_zone_phrase, zone_phrase_id=number, body="Si apre.", version=1)
    with pytest.raises(Conflict):
        run(make, change_zone_phrase, zone_phrase_id=number, body="Si chiude.", version=1)
    run(make, retire_zone_phrase, zone_phrase_id=number)
    with pytest.raises(Conflict):
        run(make, change_zone_phrase, zone_phrase_id=number, body="Si chiude.", version=2)
    with pytest.raises(NotFound):
        run(make, retire_zone_phrase, zone_phrase_id=number + 1)


def test_two_phrases_that_are_changed_at_once_never_say_the_same(engine: Engine) -> None:
    with final_commits(engine) as database:
        make = Factory(database)
        office = make.holder(Role.PLAN_OFFICE)
        said = {"body": "Si apre.", "version": 1}
        ids = added(make, "Uno."), added(make, "Due.")
        acts = [(change_zone_phrase, office, {"zone_phrase_id": one, **said}) for one in ids]
        answers = at_once(make, *acts)
    assert sorted(isinstance(one, Invalid) for one in answers) == [False, True]


def test_a_zone_has_only_so_many(make: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "MOST_ZONE_PHRASES", 1)
    number = added(make)
    with pytest.raises(Conflict):
        added(make, "Un’altra.")
    run(make, retire_zone_phrase, zone_phrase_id=number)
    assert added(make, "Un’altra.") != number


def test_the_office_keeps_them_on_a_page(client: FlaskClient, make: Factory) -> None:
    make.sign_in(client, make.holder(Role.ADMINISTRATOR))
    at = f"{make.here.rpartition('/')[0]}/amministrazione/frasi"
    assert client.post(at, data={"body": BODY}).status_code == 302
    assert client.post(at, data={"body": BODY}).status_code == 422
    with make.session() as session:
        (phrase,) = zone_phrases(session, make.zone.id)
    page = client.get(at).text
    assert BODY in page
    assert STOCK[-1] in page
    one = f"/frasi/{phrase.id}"
    assert BODY in client.get(one).text
    assert client.post(one, data={"body": "Si apre.", "version": "1"}).status_code == 302
    overtaken = client.post(one, data={"body": "Si chiude.", "version": "1"})
    assert overtaken.status_code == 422
    assert "Si apre." in overtaken.text
    assert 'name="version" value="2"' in overtaken.text
    assert client.post(f"{one}/ritira").status_code == 302
    assert "Si apre." in client.get(at).text.partition("<details")[2]


def test_a_writer_finds_them_beside_each_text_of_a_draft(
    client: FlaskClient, make: Factory
) -> None:
    added(make)
    desk = draft_of_a_sitting(make)
    make.sign_in(client, desk.facilitator)
    page = client.get(f"/verbali/{desk.minutes.id}").text
    assert f"data-phrase>{BODY}<" in page
    assert page.count("data-phrases-for=") == page.count("data-piece=")
    assert client.get("/amministrazione/frasi", follow_redirects=True).status_code == 403


def test_over_rest(client: FlaskClient, make: Factory) -> None:
    send = Program(client, make, make.holder(Role.PLAN_OFFICE)).send
    made, other = send("/zone-phrases", {"body": BODY}), {"body": "Si apre.", "version": 1}
    assert made.status_code == 201
    at = f"/zone-phrases/{made.get_json()['id']}"
    assert send(at, other, "PUT").status_code == 204
    (listed,) = client.get("/api/v1/zone-phrases").get_json()
    assert (listed["body"], listed["version"]) == ("Si apre.", 2)
    assert send(f"{at}/retire").status_code == 204
    assert client.get("/api/v1/zone-phrases").get_json() == []
