"""Who sends a request: a signed-in browser, or a program with a token.

The cookie holds only a random key; whose it is, the application's `Identity` says at each
request, so that a sign-in that is taken away ends at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, flash, g, redirect, request, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response

from consultazione.core.actor import VISITOR, Actor
from consultazione.core.db import Transaction
from consultazione.core.errors import NotAllowed, Refusal
from consultazione.core.permissions import Permission, require
from consultazione.core.scopes import Scope
from consultazione.web.current_zone import current_zone
from consultazione.web.identity import identity
from consultazione.web.last_update import without_foot
from consultazione.web.oversight import security_log
from consultazione.web.oversight.security_log import Kind
from consultazione.web.request_db import (
    actor,
    database,
    identifying_snapshot,
    release_snapshot,
)

# Where a connection keeps the session that it began with, among what it knows of its request.
SESSION = "consultazione.session"
_KEY, _PERSON = "key", "person"
# Whom the gateway of SPID and CIE let in, until an account is chosen: a signed word.
SUBJECT = "gateway_subject"
_EXPIRED = lazy_gettext("This key has expired: make a new one on the page of your profile.")


class TokenExpired(Refusal):
    """The token was good once."""

    code = "token_expired"
    status = 401


def init(app: Flask) -> None:
    """Find out, before every request, who sends it."""
    app.before_request(_identify)


def remember(key: str, person_id: int) -> None:
    """Keep a sign-in's key in the browser's cookie, in place of all that stood there.

    person_id: whose it is; kept beside it for what counts connections, and grants nothing.
    """
    forget()
    session[_KEY], session[_PERSON] = key, person_id
    session.permanent = True


def forget() -> None:
    """Clear the browser's cookie, but for the language that was chosen."""
    language = session.get("language")
    session.clear()
    if language is not None:
        session["language"] = language


def keep_session() -> None:
    """Let all that comes over this connection have the session of its beginning."""
    request.environ[SESSION] = session._get_current_object()  # type: ignore[attr-defined]


def current_key() -> str:
    """The key of the browser's sign-in; empty without one."""
    return str(session.get(_KEY, ""))


def said_person() -> str:
    """For whom the browser signed in, as its signed cookie says; empty without a sign-in.

    Asks no database, so it holds although the sign-in may have ended since: to count, not to
    allow. A cookie from before the person stood in it counts for its sign-in.
    """
    key = current_key()
    return str(session.get(_PERSON, key)) if key else ""


def sign_in_required(view: Callable[..., Any]) -> Callable[..., Any]:
    """Send visitors to the sign-in page, and back here afterwards."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if actor().is_signed_in:
            return view(*args, **kwargs)
        flash(_("Sign in to go on."), "info")
        return redirect(url_for("people.sign_in", next=_here()))

    return without_foot(guarded)


def permission_required(
    permission: Permission,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Open a page only to those who have a permission; visitors are asked to sign in."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            require(actor(), permission, zone_id=current_zone().id)
            return view(*args, **kwargs)

        return sign_in_required(guarded)

    return decorate


def _here() -> str:
    """The page to come back to: this one, or the one on which the form stands."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    return page_of_form()


def page_of_form() -> str:
    """The page on which the form of this request stands; the start if its sender does not say."""
    try:
        path = urlsplit(request.referrer or "").path
    except ValueError:
        return "/"
    return safe_next(path, "/")


def safe_next(target: str | None, fallback: str) -> str:
    """A page of this site to go to; anything else becomes the fallback.

    Browsers read a backslash as a slash and skip tabs and line ends, so neither may pass.
    """
    if target is None or not target.isprintable() or "\\" in target:
        return fallback
    return target if target.startswith("/") and not target.startswith("//") else fallback


def go_next(fallback: str) -> Response:
    """Go where the visitor wanted to go before they were asked to sign in."""
    return redirect(safe_next(request.args.get("next"), fallback))


def _identify() -> None:
    if request.endpoint in {"static", "web.health"}:
        return
    header = request.headers.get("Authorization", "")
    if header and request.path.startswith("/api/"):
        g.actor = _bearer(header)
    elif current_key() and not request.path.startswith("/api/"):
        g.actor, unnoted = identity().of_browser(identifying_snapshot(), current_key())
        if unnoted:
            _note_seen(current_key())
        if not actor().is_signed_in:
            release_snapshot()  # what it reads from here on, it reads as a visitor


def _note_seen(key: str) -> None:
    """Keep a sign-in that is in use from ending for want of activity."""
    with _beside_the_request() as tx:
        identity().note_seen(tx.session, key, tx.now)


@contextmanager
def _beside_the_request() -> Iterator[Transaction]:
    """A transaction of ours, which does not use up the key that the request is done under."""
    release_snapshot()
    with database().transaction(VISITOR) as tx:
        yield tx


def _bearer(header: str) -> Actor:
    scheme, _space, token = header.partition(" ")
    holder = (
        identity().of_token(identifying_snapshot(), token) if scheme.lower() == "bearer" else None
    )
    if holder is None or holder.has_expired:
        security_log.note(Kind.TOKEN_REFUSED)
        raise TokenExpired(_EXPIRED) if holder else Unauthorized
    g.actor = holder.actor
    _check_scope(holder.scopes)
    security_log.note_token_use(holder.actor.person_id)
    if holder.unnoted:
        with _beside_the_request() as tx:
            identity().note_token_use(tx.session, token, tx.now)
    return holder.actor


def _check_scope(held: frozenset[str]) -> None:
    """NotAllowed unless a token's scopes hold the one that the requested operation needs."""
    needed = Scope.READ
    if request.method not in {"GET", "HEAD", "OPTIONS"}:
        blueprint = current_app.blueprints.get(request.blueprint or "")
        needed = getattr(blueprint, "scope", Scope.WRITE)
    if needed not in held:
        missing = _("This key may not do this: make one with the scope “%(scope)s”.", scope=needed)
        raise NotAllowed(missing)
