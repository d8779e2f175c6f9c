"""How a repeated request is answered: a form as it was led on, a program with the same row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from flask import Flask, Response, flash, g, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from consultazione.core.columns import Base
from consultazione.core.errors import Conflict, NotFound
from consultazione.core.idempotency import Answer
from consultazione.web.auth import page_of_form
from consultazione.web.repeats import keyed_requests
from consultazione.web.repeats.keyed_requests import Repeated
from consultazione.web.request_db import actor, database, release_snapshot, renew_snapshot

_View = Callable[..., Any]


def init(app: Flask) -> None:
    """Answer the repeats of forms, and keep what firsts were answered."""
    app.register_error_handler(Repeated, _form_again)
    app.after_request(_keep)
    app.jinja_env.globals.update(new_once_key=lambda: keyed_requests.new_once_key(actor()))


def answered_once(view: _View) -> _View:
    """Make an operation of REST give a repeat the row that the first has made.

    Conflict if it is not known which row that was; NotFound if it is gone.
    """

    @wraps(view)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            made = view(*args, **kwargs)
        except Repeated as repeated:
            answer = keyed_requests.first_answer(database(), repeated.owned_key)
            return _made_before(renew_snapshot(), answer)
        g.made = _reference(made)
        return made

    return run


def _reference(made: Any) -> Answer:
    """What leads back to what an operation has made, without its texts."""
    if made is None:
        return {"made": None}
    if isinstance(made, Base):
        state = inspect(made)
        return {"made": made.__tablename__, "identity": list(state.identity or ())}
    return {"made": "values", "values": made} if _is_plain(made) else {}


def _is_plain(made: Any) -> bool:
    return isinstance(made, Mapping) and all(isinstance(v, int | None) for v in made.values())


def _made_before(session: Session, answer: Answer) -> Any:
    made = answer.get("made", "")
    if made is None:
        return None
    if made == "values":
        return answer["values"]
    if not made:
        raise Conflict(_("This was done already: read what it has made."))
    row = session.get(_model(made), tuple(answer["identity"]))
    if row is None:
        raise NotFound(_("This was done already, and what it made is gone."))
    return row


def _model(table: str) -> type[Base]:
    return next(m.class_ for m in Base.registry.mappers if m.class_.__tablename__ == table)


def _keep(response: Response) -> Response:
    if "done_once" not in g:
        return response
    release_snapshot()  # nobody holds two connections
    answer = g.get("made", {}) if request.path.startswith("/api/") else _form_answer(response)
    keyed_requests.keep(database(), answer, actor())
    return response


def _form_answer(response: Response) -> Answer:
    if response.location is None:
        return {"status": response.status_code}
    said = session.get("_flashes", [])
    return {"status": response.status_code, "location": response.location, "said": said}


def _form_again(repeated: Repeated) -> ResponseReturnValue:
    answer = keyed_requests.first_answer(database(), repeated.owned_key)
    if "location" not in answer:
        flash(_("This has arrived already, and was done once."), "info")
        return redirect(page_of_form(), 303)
    for category, sentence in answer["said"]:
        flash(sentence, category)
    return redirect(answer["location"], answer["status"])
