"""What no form of ours sends: it is refused with a reason, and never a fault of ours."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultazione.core.actor import SYSTEM, Role
from consultazione.people.commands.tokens import create_token
from consultazione.web.api import LARGEST_BODY
from tests.support.factories import Factory

BEYOND_BIGINT = "9" * 25


@pytest.fixture(autouse=True)
def _site(app: Flask, make: Factory) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    assert make.table()


def bearing(make: Factory, role: Role = Role.PARTICIPANT) -> dict[str, str]:
    """The headers of a program that sends JSON in the name of somebody with a role."""
    holder = make.citizen() if role is Role.PARTICIPANT else make.holder(role)
    with make.database.transaction(SYSTEM) as tx:
        token = create_token(tx, person_id=holder.person_id or 0, label="test")
    return {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/tavoli/%00", 404),
        ("/registro?flusso=table:%00", 200),
        ("/registro?flusso=table:x", 200),
        (f"/registro?prima={BEYOND_BIGINT}", 200),
        (f"/sedute?prima={BEYOND_BIGINT}", 200),
        (f"/verbali?prima={BEYOND_BIGINT}", 200),
        (f"/esiti?prima={BEYOND_BIGINT}", 200),
        ("/verbali?prima=-1", 200),
        (f"/piano/capitoli/{BEYOND_BIGINT}", 404),
        ("/piano/capitoli/9999999999", 404),
        ("/proposte?q=%00&dopo=%00", 200),
        ("/proposte/9223372036854775808", 404),
    ],
)
def test_addresses_that_nobody_links_to(client: FlaskClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status


def test_entries_after_a_number_that_no_entry_will_have(client: FlaskClient, make: Factory) -> None:
    answer = client.get(f"/api/v1/sittings/{make.sitting().id}/entries?after={2**53}")
    assert (answer.status_code, answer.json) == (200, [])


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("[" * 100_000, 400),
        ('{"a":' * 30_000, 400),
        ('{"table_id":' + "9" * 5000 + "}", 400),
        ("x" * (LARGEST_BODY + 1), 413),
        ('{"table_id": 1, "title": "half \\ud800 a character", "body": "' + "x" * 40 + '"}', 422),
        ('{"table_id": 1, "title": "nothing \\u0000 here", "body": "' + "x" * 40 + '"}', 422),
        ('{"table_id": 1e400}', 422),
        ('{"\\ud800": 1}', 422),
        ("null", 422),
    ],
)
def test_bodies_that_no_program_should_send(
    client: FlaskClient, make: Factory, body: str, status: int
) -> None:
    answer = client.post("/api/v1/proposals", data=body, headers=bearing(make))
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"])
def test_moments_at_the_ends_of_the_calendar(
    client: FlaskClient, make: Factory, moment: str
) -> None:
    values: dict[str, Any] = {"title": "A sitting", "place": "Here", "points": [{"title": "One"}]}
    answer = client.post(
        f"/api/v1/tables/{make.table().id}/sittings",
        data=json.dumps({**values, "starts_at": moment}),
        headers=bearing(make, Role.FACILITATOR),
    )
    assert answer.status_code == 422
    assert "starts_at" in answer.json["errors"]
