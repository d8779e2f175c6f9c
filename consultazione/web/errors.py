"""Refusals and faults as people and programs read them: a page, or problem+json (RFC 9457)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import structlog
from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from consultazione.core.db_limits import ended_by
from consultazione.core.durable import shortage
from consultazione.core.errors import Refusal
from consultazione.web.auth import page_of_form
from consultazione.web.db_outage import is_away, note_away
from consultazione.web.oversight import security_log
from consultazione.web.oversight.security_log import Kind

_TITLES = {
    400: _("The request cannot be read"),
    401: _("Please sign in"),
    403: _("This is not open to you"),
    404: _("There is nothing here"),
    405: _("This cannot be done here"),
    409: _("Something else came first"),
    413: _("The file is too large"),
    422: _("Something needs to be corrected"),
    429: _("Too many attempts"),
    503: _("We will be back in a moment"),
}
_DETAILS = {
    400: _("Go back to the page, reload it and try again."),
    401: _("Sign in and try again."),
    403: _("Your account does not have the role that this page needs."),
    404: _("The address may be misspelt, or what stood here has another address now."),
    405: _("Go back to the page and use its buttons."),
    413: _("Choose a file of 20 MB at most."),
    429: _("Wait a minute and try again."),
}
NOTHING_WRITTEN = _(
    "At the moment the site can be read, but nothing can be written. What you sent was not kept, "
    "and nothing was changed: go back, where your text still is, and try again later."
)
# Answers to those who ask too much: they cost nothing of what is short.
_BARE = frozenset({429, 503})
_log = structlog.get_logger()


def init(app: Flask) -> None:
    """Translate every error of the application in one place."""
    app.register_error_handler(Refusal, _refusal)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, from_http)
    app.register_error_handler(Exception, _fault)


def problem(
    status: int, title: Any, detail: Any, errors: dict[str, list[Any]] | None = None
) -> Response:
    """A problem+json answer; `errors` are sentences by field."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": str(title),
        "status": status,
        "detail": str(detail),
    }
    if errors:
        body["errors"] = {field: [str(s) for s in found] for field, found in errors.items()}
    response = jsonify(body)
    response.status_code = status
    response.mimetype = "application/problem+json"
    return response


def wants_problem() -> bool:
    """True for requests to the REST interface."""
    return request.path.startswith("/api/")


def _answer(status: int, detail: Any, errors: Any = None) -> ResponseReturnValue:
    title = _TITLES.get(status, _TITLES[400])
    if status in _BARE:
        return _bare(status, title, detail)
    if wants_problem():
        return problem(status, title, detail, errors)
    try:
        return render_template("error.html", status=status, title=title, detail=detail), status
    except Exception as error:
        if not is_away(error):
            raise
        return _bare(status, title, detail)


def _refusal(refusal: Refusal) -> ResponseReturnValue:
    answer = _answer(refusal.status, refusal.detail, refusal.fields)
    response = make_response(answer)
    if refusal.retry_after is not None:
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response


def _csrf(_error: CSRFError) -> ResponseReturnValue:
    """A form that was open for too long: the way back to it, by the sign-in if that has ended."""
    security_log.note(Kind.FORGED)
    detail = _("The page was open for too long. Go back to it and send it again.")
    if wants_problem():
        return problem(400, _TITLES[400], detail)
    g.page_of_form = page_of_form()
    return _answer(400, detail)


def from_http(error: HTTPException) -> ResponseReturnValue:
    """The answer to an error of HTTP itself: unknown address, wrong method, and so on."""
    if error.response is not None:
        return error.response
    status = error.code or 500
    if 300 <= status < 400:
        return error.get_response()
    return _answer(status, _limit_of(error) or _DETAILS.get(status, _DETAILS[400]))


def _limit_of(error: HTTPException) -> str:
    """The sentence of the limit that was passed; empty if it has none of its own."""
    said = getattr(getattr(error, "limit", None), "error_message", None)
    return str(said() if callable(said) else said or "")


def _fault(error: Exception) -> ResponseReturnValue:
    """A fault of ours: the log gets all of it, the reader a number to quote."""
    if is_away(error):
        return _away(error)
    reference = uuid4().hex[:8]
    _log.error("fault", reference=reference, path=request.path, exc_info=error)
    title = _("Something went wrong on our side")
    detail = _("Nothing was changed. If it happens again, quote %(ref)s.", ref=reference)
    return _bare(500, title, detail)


def _away(error: Exception) -> ResponseReturnValue:
    """The database is away for a moment, or this took too long: say so, and when to come back."""
    note_away(error)
    if shortage(error):
        return _bare(503, _TITLES[503], NOTHING_WRITTEN, {"Retry-After": "60"})
    if ended_by(error) is None:
        detail = _("The archive does not answer. Nothing was lost: try again in a minute.")
        return _bare(503, _TITLES[503], detail, {"Retry-After": "10"})
    detail = _(
        "Very many are asking at this moment, and this took too long. Nothing was changed: "
        "try again in a few seconds."
    )
    return _bare(503, _TITLES[503], detail, {"Retry-After": "5"})


def _bare(
    status: int, title: Any, detail: Any, headers: dict[str, str] | None = None
) -> ResponseReturnValue:
    """An answer that needs no database: whatever failed must not fail again here."""
    if wants_problem():
        response = problem(status, title, detail)
    else:
        g.bare = True
        page = render_template("error.html", status=status, title=title, detail=detail)
        response = make_response(page, status)
    response.headers.extend(headers or {})
    return response
