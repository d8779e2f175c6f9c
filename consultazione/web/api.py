"""The REST interface under /api/v1: its description, its errors, its paging."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Request, request
from flask_babel import lazy_gettext as _
from flask_smorest import Api, Blueprint
from marshmallow import Schema, fields
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest, HTTPException

from consultazione.core.scopes import Scope
from consultazione.web import errors
from consultazione.web.current_zone import ask_for_place, query_of_place
from consultazione.web.paging import Page, paged
from consultazione.web.repeats.answers import answered_once
from consultazione.web.repeats.keyed_requests import HEADER, LONGEST_KEY, body_stays_secret
from consultazione.web.security import WRITING, csrf, limiter, reads_much
from consultazione.web.validation_messages import flatten

_View = Callable[..., Any]
_PROBLEM = "application/problem+json"
# The longest text that a field takes is far below; reading more would keep others waiting.
LARGEST_BODY = 256 * 1024
# What makes an operation that writes idempotent.
_KEY_HEADER = {
    "in": "header",
    "name": HEADER,
    "required": False,
    "description": "A random text of the sender's. Within a day, an equal request with the same "
    "key is answered as the first one was, and does nothing; another content is refused (422).",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
}
# Where an operation is that belongs to no object.
_PLACE = [
    {
        "in": "query",
        "name": name,
        "required": False,
        "description": f"{what} Without it, {default}.",
        "schema": {"type": "string", "pattern": pattern},
    }
    for name, what, default, pattern in (
        ("zone", "The slug of a zone.", "the one set up first", "^[a-z0-9]+(-[a-z0-9]+)*$"),
        (
            "cycle",
            "Years, as 2018-2020.",
            "the zone's current one",
            "^[0-9]{4}-[0-9]{4}$",
        ),
    )
]
# An operation that takes the token of an account to read.
TOKEN: list[dict[str, list[str]]] = [{"token": [Scope.READ.value]}]


_SCHEME = {
    "type": "http",
    "scheme": "bearer",
    "description": "A key that a person makes on the page of their profile. It expires, and has "
    "scopes: `read` to read in the person's name; `write` for proposals, comments and supports; "
    "`sittings` for what one does in a sitting and at its desk; `plan` for the answers of the "
    "plan office. Each operation names the one that it needs. Without it the answer is 403.",
}


class ProblemSchema(Schema):
    """An error, as RFC 9457 has it."""

    type = fields.String()
    title = fields.String()
    status = fields.Integer()
    detail = fields.String()
    errors = fields.Dict(keys=fields.String(), values=fields.List(fields.String()))


class BodyParser(FlaskParser):
    """Reads bodies; what nests too deep or counts too far is no JSON of ours either."""

    def _raw_load_json(self, req: Request) -> Any:
        try:
            return super()._raw_load_json(req)
        except (RecursionError, ValueError) as error:
            raise BadRequest from error


class Resource(Blueprint):
    """flask-smorest's blueprint with our reading of bodies and our way to write."""

    ARGUMENTS_PARSER = BodyParser()
    # What a token needs for the operations that write; `web.auth` looks at it.
    scope = Scope.WRITE

    def reads_much(self, view: _View) -> _View:
        """Count an operation that lists among those that cost much, and say so."""
        described: _View = self.alt_response(429, description="Too many in ten seconds.")(
            reads_much()(view)
        )
        return described

    def takes_place(self, view: _View) -> _View:
        """Let the query say about which zone and cycle an operation is, and describe that."""

        @wraps(view)
        def placed(*args: Any, **kwargs: Any) -> Any:
            ask_for_place()
            return view(*args, **kwargs)

        described: _View = self.doc(parameters=_PLACE)(
            self.alt_response(404, description="There is no such zone or cycle.")(placed)
        )
        return described

    def writes(
        self,
        answer: type[Schema] | None,
        *,
        refusals: Mapping[int, str],
        status: int = 201,
        body: type[Schema] | None = None,
        summary: str | None = None,
        names_limits: bool = True,
        has_secret_body: bool = False,
    ) -> Callable[[_View], _View]:
        """Make a view an operation that writes: it takes a token, and a person may be too fast.

        answer: what it sends, with which status. body: what it is sent (and refuses with 422
        if it does not fit). refusals: for each other status, why the command may say no.
        summary: what it does, where the view has no docstring. names_limits: whether the
        description names the refusals that every writing operation has, 401 and 429.
        has_secret_body: whether nothing that is kept may follow from what is sent.
        """
        if names_limits:
            refusals = {401: "The token does not count.", **refusals, 429: "Too many in a minute."}
        described: dict[str, Any] = {"parameters": [_KEY_HEADER]}
        if summary:
            described["summary"] = summary
        decorators = [
            self.doc(security=[{"token": [self.scope.value]}], **described),
            *([self.arguments(body)] if body else []),
            self.response(status, answer),
            *(self.alt_response(code, description=why) for code, why in refusals.items()),
            limiter.limit(WRITING),
            answered_once,
            *([body_stays_secret] if has_secret_body else []),
        ]

        def decorate(view: _View) -> _View:
            for decorator in reversed(decorators):
                view = decorator(view)
            return view

        return decorate


class ProblemApi(Api):
    """flask-smorest with our error bodies."""

    ERROR_SCHEMA = ProblemSchema

    def _register_responses(self) -> None:
        # flask-smorest documents errors under the content type of everything else.
        self.DEFAULT_RESPONSE_CONTENT_TYPE = _PROBLEM
        try:
            super()._register_responses()
        finally:
            del self.DEFAULT_RESPONSE_CONTENT_TYPE

    def handle_http_exception(self, error: HTTPException) -> Any:
        messages = (getattr(error, "data", None) or {}).get("messages")
        if messages is None:
            return errors.from_http(error)
        status = error.code or 422
        detail = _("Correct the fields named below and send the request again.")
        return errors.problem(status, error.name, detail, flatten(messages))


def resource(
    name: str, import_name: str, description: str, *, scope: Scope = Scope.WRITE
) -> Resource:
    """A feature's blueprint of the REST interface.

    scope: what a token needs for its operations that write.
    """
    made = Resource(name, import_name, url_prefix="/api/v1", description=description)
    made.scope = scope
    return made


def page_schema(item: type[Schema]) -> type[Schema]:
    """The shape of a page of items as `page_of` sends it; `ProposalOut` gives `ProposalPage`."""
    return Schema.from_dict(
        {"items": fields.List(fields.Nested(item)), "next": fields.String(allow_none=True)},
        name=f"{item.__name__.removesuffix('Out')}Page",
    )


def page_of(items: list[Any], limit: int, url: str, **filters: Any) -> Page:
    """A page as it is sent: the items, and where the next ones are (null at the end).

    filters: what else the address asks for; what is None is left out.
    """
    shown, last = paged(items, limit)
    if last is None:
        return {"items": shown, "next": None}
    given = {**query_of_place(), **filters}
    asked = {name: value for name, value in given.items() if value is not None}
    return {
        "items": shown,
        "next": f"{url}?{urlencode({**asked, 'after': last.id, 'limit': limit})}",
    }


def init(app: Flask, blueprints: list[Blueprint]) -> None:
    """Register the features' REST blueprints and describe them."""
    app.config.update(
        API_TITLE="consultazione",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={"components": {"securitySchemes": {"token": _SCHEME}}},
    )
    app.before_request(_limit_body)
    api = ProblemApi(app)
    for blueprint in blueprints:
        csrf.exempt(blueprint)  # programs send a token; cookies do not count below /api
        api.register_blueprint(blueprint)


def _limit_body() -> None:
    if request.path.startswith("/api/"):
        request.max_content_length = LARGEST_BODY
