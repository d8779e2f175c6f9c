"""A program that speaks to the REST interface with a token."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from consultazione.core.actor import Actor
from consultazione.people.commands.tokens import create_token
from tests.support.factories import Factory


class Program:
    """A program that speaks for somebody."""

    def __init__(self, client: FlaskClient, make: Factory, who: Actor) -> None:
        self.client = client
        with make.database.transaction(who) as tx:
            token = create_token(tx, person_id=who.person_id or 0, label="test")
        self.headers = {"Authorization": f"Bearer {token}"}

    def send(self, path: str, json: Any = None, method: str = "POST") -> TestResponse:
        """The answer to a request below /api/v1."""
        return self.client.open(
            f"/api/v1{path}", method=method, json=json or {}, headers=self.headers
        )
