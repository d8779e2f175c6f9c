"""REST of proposals and their supports."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from consultazione.core.actor import Actor
from consultazione.people.commands.tokens import create_token
from consultazione.people.models import Category
from consultazione.tables.models import TableKind
from tests.support.factories import Factory

TEXTS = {"title": "Sportello unico", "body": "Uno sportello in ogni Comune."}


def token(make: Factory, actor: Actor) -> dict[str, str]:
    with make.database.transaction(actor) as tx:
        key = create_token(tx, person_id=actor.person_id or 0, label="test")
    return {"Authorization": f"Bearer {key}"}


def test_a_program_hands_a_proposal_in(client: FlaskClient, make: Factory) -> None:
    table, delegate = make.table(), make.delegate(Category.APS)
    body: Any = {**TEXTS, "table_id": table.id}
    answer = client.post("/api/v1/proposals", json=body, headers=token(make, delegate))
    assert answer.status_code == 201
    made = answer.json
    assert made is not None
    assert (made["category"], made["state"]) == ("aps", "submitted")
    assert made == client.get(f"/api/v1/proposals/{made['id']}").json
    assert "@" not in answer.text


def test_refusals_are_problems(client: FlaskClient, make: Factory) -> None:
    union, plain = make.table(TableKind.UNION_CONSULTATION), make.table()
    headers = token(make, make.citizen())

    def status(body: Any, headers: dict[str, str] = headers) -> int:
        answer = client.post("/api/v1/proposals", json=body, headers=headers)
        assert answer.mimetype == "application/problem+json"
        return answer.status_code

    assert status({**TEXTS, "table_id": plain.id}, headers={}) == 403
    assert status({**TEXTS, "table_id": union.id}) == 403
    assert status({**TEXTS, "table_id": 2**50}) == 404
    assert status({"table_id": plain.id, "title": "Sì", "body": ""}) == 422


def test_the_list_is_paged_and_keeps_its_table(client: FlaskClient, make: Factory) -> None:
    table = make.table()
    ids = [make.proposal(table).id for _ in range(3)]
    make.proposal()
    first = client.get(f"/api/v1/proposals?table_id={table.id}&limit=2").json
    assert first is not None
    rest = client.get(first["next"]).json
    assert rest is not None
    assert [p["id"] for p in first["items"] + rest["items"]] == ids
    assert rest["next"] is None


def test_a_support_is_put_and_deleted(client: FlaskClient, make: Factory) -> None:
    author = make.citizen()
    proposal = make.proposal(author=author)
    url = f"/api/v1/proposals/{proposal.id}/supports"
    headers = token(make, make.delegate(Category.UNION))
    for _ in range(2):
        answer = client.put(url, headers=headers)
        assert (answer.status_code, (answer.json or {})["category"]) == (200, "union")
    assert client.get(url).json == {"total": 1, "by_category": {"union": 1}}
    assert client.put(url, headers=token(make, author)).status_code == 409
    assert client.put(url).status_code == 403
    for _ in range(2):
        assert client.delete(url, headers=headers).status_code == 204
    assert client.get(url).json == {"total": 0, "by_category": {}}
