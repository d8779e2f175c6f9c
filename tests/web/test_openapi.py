"""The REST interface does what its description says, whatever it is sent."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from consultazione.core.actor import SYSTEM, Role
from consultazione.people.commands.tokens import create_token
from tests.support.factories import Factory

# Rules of a command may refuse what fits the shape, so acceptance is not among them.
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)
DESCRIPTION = "/api/v1/openapi.json"
VERBS = {"get", "post", "put", "patch", "delete"}
FEW = settings(
    max_examples=6,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


def headers(make: Factory, role: Role | None) -> dict[str, str]:
    """What a program sends with every request: nothing, or the token of somebody's account."""
    if role is None:
        return {}
    holder = make.holder(role)
    assert holder.person_id is not None
    with make.database.transaction(SYSTEM) as tx:
        token = create_token(tx, person_id=holder.person_id, label="test")
    return {"Authorization": f"Bearer {token}"}


def described(app: Flask) -> dict[tuple[str, str], dict[str, Any]]:
    """The operations of the description, each by its path and its verb."""
    paths = app.test_client().get(DESCRIPTION).get_json()["paths"]
    return {
        (path, verb): operation
        for path, operations in paths.items()
        for verb, operation in operations.items()
        if verb in VERBS
    }


def test_every_address_is_described(app: Flask) -> None:
    served = {
        (re.sub(r"<(?:[^:<>]+:)?(\w+)>", r"{\1}", rule.rule), verb)
        for rule in app.url_map.iter_rules()
        for verb in VERBS & {method.lower() for method in rule.methods or ()}
        if rule.rule.startswith("/api/v1/") and rule.rule != DESCRIPTION
    }
    assert described(app).keys() == served


def test_every_write_says_how_it_is_refused(app: Flask) -> None:
    for (path, verb), operation in described(app).items():
        if verb == "get" or operation["tags"] == ["sittings_api"]:
            continue
        owed = {"401", "403", "404", "429", *(["422"] if "requestBody" in operation else [])}
        assert owed <= operation["responses"].keys(), f"{verb} {path}"
        scope = "plan" if operation["tags"][0] in {"plan_api", "provincial_api"} else "write"
        assert operation["security"] == [{"token": [scope]}], f"{verb} {path}"


def test_a_page_is_described_by_what_it_holds(app: Flask) -> None:
    schemas = app.test_client().get(DESCRIPTION).get_json()["components"]["schemas"]
    items = schemas["ProposalPage"]["properties"]["items"]
    assert items["items"] == {"$ref": "#/components/schemas/ProposalOut"}


@cache
def strategies(app: Flask) -> list[SearchStrategy[schemathesis.Case]]:
    """How to make requests of each operation: it takes longer to find out than to make a few."""
    schema = schemathesis.openapi.from_wsgi(DESCRIPTION, app)
    return [result.ok().as_strategy() for result in schema.get_all_operations()]


@pytest.mark.parametrize("role", [None, Role.FACILITATOR, Role.PLAN_OFFICE])
def test_every_operation_answers_as_described(app: Flask, make: Factory, role: Role | None) -> None:
    make.proposal()
    # What the description says is looked for in answers as they are, not packed for their way.
    sent = {**headers(make, role), "Accept-Encoding": "identity"}
    requests = strategies(app)
    assert len(requests) == len(described(app))

    for cases in requests:

        @given(case=cases)
        @FEW
        def answers(case: schemathesis.Case) -> None:
            case.call_and_validate(headers=sent, checks=CHECKS)

        answers()
