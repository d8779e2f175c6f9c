"""Offers commands of sittings over REST, one declaration for each address.

Each operation runs the same command as the room does over Socket.IO. It is idempotent:
sending the same content again changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from flask.views import MethodView
from marshmallow import Schema

from consultazione.sittings.blueprint import rest
from consultazione.sittings.schemas import IdOut
from consultazione.web.request_db import transaction

Command = Callable[..., Any]
# The refusals that all commands offered here share.
_USUAL = {
    403: "No token, or not for this person.",
    404: "There is no such thing.",
    409: "The present state does not admit it.",
}
# The REST document of sittings lists neither 401 nor 429.
writes = partial(rest.writes, names_limits=False)


def offer_post(path: str, command: Command, summary: str, body: type[Schema] | None = None) -> None:
    """Offer a command that takes the ids in the path; it answers 204.

    body: what may be said beside them, if anything.
    """

    class Post(MethodView):
        @writes(None, status=204, refusals=_USUAL, body=body, summary=summary)
        def post(self, values: Mapping[str, object] | None = None, **ids: int) -> None:
            with transaction() as tx:
                command(tx, **ids, **(values or {}))

    rest.route(path, endpoint=command.__name__)(Post)


def offer_put(path: str, command: Command, body: type[Schema], summary: str) -> None:
    """Offer a command that takes the ids in the path and a body; it answers 204."""

    class Put(MethodView):
        @writes(None, status=204, refusals=_USUAL, body=body, summary=summary)
        def put(self, values: dict[str, Any], **ids: int) -> None:
            with transaction() as tx:
                command(tx, **ids, **values)

    rest.route(path, endpoint=f"put_{command.__name__}")(Put)


def offer_create(path: str, command: Command, body: type[Schema], summary: str) -> None:
    """Offer a command that creates something; it answers 201 with the new id."""

    class Create(MethodView):
        @writes(IdOut, status=201, refusals=_USUAL, body=body, summary=summary)
        def post(self, values: dict[str, Any], **ids: int) -> Any:
            with transaction() as tx:
                return command(tx, **ids, **values)

    rest.route(path, endpoint=f"make_{command.__name__}")(Create)
