"""Drafts of proposals: private, on several devices, never overwritten, gone once handed in."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from consultazione.core.actor import Role
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.people.commands.tokens import create_token
from consultazione.proposals.drafts.commands import (
    MOST_DRAFTS,
    begin_proposal_draft,
    delete_proposal_draft,
    save_proposal_draft,
)
from consultazione.proposals.drafts.queries import own_drafts
from consultazione.zones.queries import chapters
from tests.support.factories import Factory

SECRET = "Lampadine parlanti"
WRITTEN = {"title": SECRET, "body": "Uno sportello in ogni Comune, aperto la sera."}
AS_JSON = {"Accept": "application/json"}


def test_of_two_devices_neither_overwrites_the_other(make: Factory) -> None:
    ada = make.citizen()
    with make.database.transaction(ada) as tx:
        draft = begin_proposal_draft(tx, cycle_id=make.cycle.id, answers={"title": "Prima"})
    with make.database.transaction(ada) as tx:
        save_proposal_draft(
            tx, proposal_draft_id=draft.id, version=1, answers={"title": "Dal telefono"}
        )
    with pytest.raises(Conflict) as refused, make.database.transaction(ada) as tx:
        save_proposal_draft(tx, proposal_draft_id=draft.id, version=1, answers={"title": "No"})
    assert "version" in refused.value.fields
    with make.session() as session:
        assert [one.title for one in own_drafts(session, ada.person_id)] == ["Dal telefono"]


def test_nobody_else_knows_of_a_draft(client: FlaskClient, make: Factory) -> None:
    ada, table = make.citizen(), make.table()
    with make.database.transaction(ada) as tx:
        answers = {**WRITTEN, "table_id": table.id}
        draft = begin_proposal_draft(tx, cycle_id=make.cycle.id, answers=answers)
    assert tx.entries == []
    for role in (Role.FACILITATOR, Role.PLAN_OFFICE, Role.ADMINISTRATOR):
        who = make.holder(role)
        with pytest.raises(NotFound), make.database.transaction(who) as tx:
            delete_proposal_draft(tx, proposal_draft_id=draft.id)
        make.sign_in(client, who)
        assert client.get(f"/bozze/{draft.id}").status_code == 404
        for page in ("/bozze", "/proposte", f"/proposte?q={SECRET}", f"/tavoli/{table.slug}"):
            assert WRITTEN["body"] not in client.get(make.here + page).text
    assert SECRET not in client.get("/api/v1/proposals").text
    make.sign_in(client, ada)
    assert SECRET in client.get(f"{make.here}/bozze").text


def test_a_draft_goes_when_it_is_handed_in(client: FlaskClient, make: Factory) -> None:
    ada, table = make.citizen(), make.table()
    make.sign_in(client, ada)
    begun = client.post(f"{make.here}/bozze", data={"title": SECRET})
    draft = begun.location
    assert SECRET in client.get(draft).text
    saved = client.post(f"{draft}/salva", data={**WRITTEN, "version": "1"})
    assert saved.location == draft
    incomplete = client.post(draft, data={**WRITTEN, "version": "2"})
    assert (incomplete.status_code, 'href="#field-table_id"' in incomplete.text) == (422, True)
    stale = client.post(draft, data={**WRITTEN, "version": "1", "table_id": table.id})
    assert (stale.status_code, 'name="version" value="2"' in stale.text) == (422, True)
    handed = client.post(draft, data={**WRITTEN, "version": "2", "table_id": table.id})
    assert handed.location.startswith("/proposte/")
    assert client.get(draft).status_code == 404
    assert client.get(f"{make.here}/bozze").text.count("/elimina") == 0


def test_a_script_saves_as_one_writes(client: FlaskClient, make: Factory) -> None:
    make.sign_in(client, make.citizen())
    begun = client.post(f"{make.here}/bozze", data={"title": "A"}, headers=AS_JSON).json
    assert (begun["version"], begun["name"]) == (1, f"bozza.{begun['page'].rpartition('/')[2]}")
    again = client.post(begun["save"], data={"title": "Ab", "version": "1"}, headers=AS_JSON)
    assert (again.status_code, again.json["version"]) == (200, 2)
    stale = client.post(begun["save"], data={"title": "Ac", "version": "1"}, headers=AS_JSON)
    assert (stale.status_code, stale.json["version"]) == (409, 2)
    long = client.post(begun["save"], data={"title": "A" * 301, "version": "2"}, headers=AS_JSON)
    assert (long.status_code, len(long.json["errors"])) == (422, 1)
    client.post(f"{begun['page']}/elimina")
    gone = client.post(begun["save"], data={"title": "Ad", "version": "2"}, headers=AS_JSON)
    assert gone.status_code == 404


def test_programs_save_under_the_etag_that_they_have_read(
    client: FlaskClient, make: Factory
) -> None:
    assert make.zone
    person = make.person()
    with make.database.transaction(make.actor(person)) as tx:
        token = create_token(tx, person_id=person.id, label="Prova")
    headers = {"Authorization": f"Bearer {token}"}
    made = client.post("/api/v1/proposal-drafts", json={"title": "Prima"}, headers=headers)
    assert made.status_code == 201, made.text
    url = f"/api/v1/proposal-drafts/{made.json['id']}"
    assert client.get(url).status_code == 403
    read = client.get(url, headers=headers)
    assert json.loads(read.text)["answers"]["title"] == "Prima"
    given = {**headers, "If-Match": read.headers["ETag"]}
    assert client.put(url, json={"title": "Poi"}, headers=given).json["version"] == 2
    assert client.put(url, json={"title": "No"}, headers=given).status_code == 412
    assert client.put(url, json={"title": "No"}, headers=headers).status_code == 428
    assert client.delete(url, headers=headers).status_code == 204
    assert client.get("/api/v1/proposal-drafts", headers=headers).json == []


def test_there_is_an_end_to_drafts(make: Factory) -> None:
    ada = make.citizen()
    with make.database.transaction(ada) as tx:
        for _ in range(MOST_DRAFTS):
            begin_proposal_draft(tx, cycle_id=make.cycle.id, answers={})
    with pytest.raises(Conflict, match="hand one in"), make.database.transaction(ada) as tx:
        begin_proposal_draft(tx, cycle_id=make.cycle.id, answers={})


def test_what_the_parts_of_a_text_say_is_read_found_and_kept(
    client: FlaskClient, make: Factory
) -> None:
    table = make.table()
    make.sign_in(client, make.citizen())
    given = {"need": "Mancano carrozzine.", "effect": "Si esce di casa.", "table_id": table.id}
    page = client.post("/proposte/nuova", data={**WRITTEN, **given}).location
    assert "Mancano carrozzine." in client.get(page).text
    assert page in client.get(f"{make.here}/proposte?q=carrozzina").text
    form = {"title": SECRET, "body": WRITTEN["body"], "version": "1", "reason": "Meglio"}
    client.post(f"{page}/modifica", data={**form, "need": "Mancano ausili.", "effect": ""})
    shown = client.get(page).text
    assert ("Mancano ausili." in shown, "Si esce di casa." in shown) == (True, False)
    assert "Che cosa cambierebbe" in client.get(f"{page}/versioni/2").text


def test_a_chapter_is_of_the_plan(make: Factory) -> None:
    table, other = make.table(), Factory(make.database, name="Altrove")
    with make.session() as session:
        here, there = (chapters(session, one.cycle.id)[0].id for one in (make, other))
    assert make.proposal(table, chapter_id=here).chapter_id == here
    with pytest.raises(Invalid, match="chapters of this plan"):
        make.proposal(table, chapter_id=there)
