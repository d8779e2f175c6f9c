"""Forms of pages: what was typed, what is wrong with it, and the command that it is for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from flask import flash, g, redirect, request
from marshmallow import EXCLUDE, Schema, ValidationError
from werkzeug.wrappers import Response

from consultazione.core.db import Transaction
from consultazione.core.errors import Overtaken, Refusal
from consultazione.web.overtaken import Shown, what_stands
from consultazione.web.repeats import keyed_requests
from consultazione.web.request_db import actor, database, release_snapshot, transaction
from consultazione.web.validation_messages import flatten

T = TypeVar("T")
# Hidden fields of every form, which belong to no schema.
_DRAFT = "draft"
_HIDDEN = frozenset({"csrf_token", keyed_requests.FIELD, _DRAFT})
# The hidden fields that say which version of a thing was read.
_READ = ("version", "revision")


class Form:
    """A form read through a schema; keeps what was typed when it is refused.

    values: what the fields show. errors: sentences by field; under "" those of the
    whole form. labels: the names of the fields, as the page draws them. status, headers: those
    of the page that shows it. shown: how some fields are shown to who was overtaken. sent: False
    beside another form that was: fields of the same name are not its own.
    """

    def __init__(
        self,
        schema: Schema,
        initial: Mapping[str, Any] | None = None,
        shown: Shown | None = None,
        *,
        sent: bool = True,
    ) -> None:
        self.schema = schema
        self._shown = dict(shown or {})
        self.errors: dict[str, list[str]] = {}
        self.labels: dict[str, str] = {}
        self.values: dict[str, Any] = dict(initial or {})
        self.headers: dict[str, str] = {}
        self._status = 422
        self._is_told = False
        if sent and request.method == "POST":
            g.setdefault("forms", []).append(self)
            self.values = {
                name: _typed(name, schema) for name in request.form if name not in _HIDDEN
            }

    @property
    def is_untold(self) -> bool:
        """True if it was refused and the page has not said why yet."""
        return bool(self.errors) and not self._is_told

    def tell(self) -> None:
        """Note that the page says what is wrong with it."""
        self._is_told = True

    @property
    def status(self) -> int:
        """200; if the page shows a refusal 422, or 429 or 503 if it only needs time."""
        return self._status if self.errors else 200

    def go_on_from(self, name: str, standing: object) -> bool:
        """Have a hidden field say that what stands now was read, as the page shows it.

        So it is at first, and once the page tells that somebody changed it meanwhile, which is
        returned. A form that is shown again for another reason keeps what was read.
        """
        is_told = name in self.errors
        if is_told or not self.values.get(name):
            self.values[name] = standing
        return is_told

    def perform(
        self, command: Callable[..., T], *, before: Callable[..., Mapping[str, object]] = dict
    ) -> T | None:
        """Run `command(tx, **fields)` if the form was sent and is in order.

        before: given the fields, returns those that the command gets in their place. It runs
        first, while no connection is held, and may refuse as well. Returns what the command
        returns; None if there was nothing to do or it was refused, and then the errors say why.
        """
        data = self.read()
        if data is None:
            return None
        try:
            release_snapshot()
            if before is not dict:
                keyed_requests.refuse_repeat(database(), actor())
            prepared = before(**data)
            with transaction() as tx:
                done = command(tx, **prepared)
        except Overtaken as refusal:
            self._go_on_from(refusal, data)
            return None
        except Refusal as refusal:
            self.refuse(refusal)
            return None
        _forget_draft()
        return done

    def read(self) -> dict[str, Any] | None:
        """The fields of a form that was sent and is in order; else None, and the errors say why."""
        if request.method != "POST":
            return None
        try:
            loaded: dict[str, Any] = self.schema.load(self._given(), unknown=EXCLUDE)
        except ValidationError as error:
            self.errors = flatten(error.messages)
            return None
        return loaded

    def _given(self) -> dict[str, Any]:
        """What was typed; a required field left empty is missing, not too short or misspelt."""
        required = {name for name, field in self.schema.fields.items() if field.required}
        return {
            name: value
            for name, value in self.values.items()
            if value != "" or name not in required
        }

    def _go_on_from(self, refusal: Overtaken, data: Mapping[str, Any]) -> None:
        """Show what stands now beside what was typed, and go on from that version."""
        self.values |= {name: refusal.version for name in _READ if name in self.values}
        self.errors = what_stands(refusal, data, self._shown)

    def refuse(self, refusal: Refusal) -> None:
        """Keep the sentences of a refusal, by field."""
        if refusal.retry_after is not None:
            self._status, self.headers = refusal.status, {"Retry-After": str(refusal.retry_after)}
        self.errors = {
            field: [str(sentence) for sentence in sentences]
            for field, sentences in refusal.fields.items()
        } or {"": [str(refusal.detail)]}


def told_apart(form: Form, name: str, choices: type[StrEnum]) -> dict[str, Form]:
    """What each of several forms to one address shows: the one that was sent is as it was sent.

    name: the field that says which it is, one of `choices`; a form without it is the first.
    """
    sent = form.values.get(name, next(iter(choices)).value)
    return {one.value: form if one.value == sent else Form(form.schema) for one in choices}


def untold_forms() -> list[Form]:
    """The forms of this request whose refusal the page does not tell by itself.

    What was refused may not be offered any more: somebody else was faster, and its form is gone.
    """
    return [form for form in g.get("forms", ()) if form.is_untold]


def act(command: Callable[[Transaction], Any], *, done: Any, to: str) -> Response:
    """Answer a one-button form: run the command, say how it went, go back to a page."""
    try:
        with transaction() as tx:
            command(tx)
    except Refusal as refusal:
        flash(str(refusal.detail), "danger")
    else:
        flash(str(done), "success")
    return redirect(to)


def _forget_draft() -> None:
    """Have the next page tell the browser that it need not keep what was typed any more."""
    if name := request.form.get(_DRAFT):
        flash(name[:80], "draft")


def _typed(name: str, schema: Schema) -> Any:
    many = getattr(schema.fields.get(name), "inner", None) is not None
    return request.form.getlist(name) if many else request.form[name]
