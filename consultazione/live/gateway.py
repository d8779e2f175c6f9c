"""The one handler of all messages from browsers over Socket.IO.

It finds out who sends a message (anew, or from a moment ago for messages that come by the
thousand, so a sign-in that was revoked ends here too), has `messages.MESSAGES` answer it, and
turns whatever goes wrong into an answer in the reader's language: nothing that a browser
sends raises.
"""

from __future__ import annotations

from functools import cache
from typing import Any
from uuid import uuid4

import structlog
from flask import Flask, g, request
from flask_babel import gettext as _
from flask_socketio import SocketIO
from marshmallow import Schema, ValidationError

from consultazione.core.durable import shortage
from consultazione.core.errors import Invalid, NotAllowed, NotFound, Refusal
from consultazione.live.actor_cache import ActorCache
from consultazione.live.brakes.arrivals import Arrivals
from consultazione.live.brakes.rate_limit import RateLimit
from consultazione.live.contract import Refused
from consultazione.live.messages import MESSAGES, OFTEN, Answer
from consultazione.live.refusals import Busy, SignedOut, TooMany
from consultazione.web.auth import current_key
from consultazione.web.db_outage import is_away, note_away
from consultazione.web.oversight import security_log
from consultazione.web.oversight.metrics import REFUSED
from consultazione.web.oversight.security_log import Kind
from consultazione.web.request_db import actor
from consultazione.web.validation_messages import flatten

# Far more than a person does by hand; kept by each process, since a connection stays with one.
_MOST, _SECONDS = 40, 10.0
_log = structlog.get_logger()


def connect(app: Flask, socketio: SocketIO) -> None:
    """Let every message of every browser come to the one handler."""
    rate_limit, senders = RateLimit(_MOST, _SECONDS), ActorCache(app.extensions["database"])

    def handle(name: str, *args: Any) -> Answer:
        try:
            _admit(rate_limit, _sid())  # before anything is read: a flood keeps nobody else waiting
            g.actor = _sender(senders, recent=name in OFTEN)
            if actor().is_signed_in:  # with all their windows; a visitor is one connection
                _admit(rate_limit, f"person:{actor().person_id}")
            return {"ok": True, **run_message(name, args)}
        except Exception as error:
            if isinstance(error, SignedOut):
                socketio.start_background_task(_disconnect, socketio, _sid())
            return _refused(name, error)

    socketio.on_event("*", handle)
    Arrivals(app, socketio).install()


def _admit(rate_limit: RateLimit, sender: str) -> None:
    if not rate_limit.take(sender):
        raise TooMany(_("That was a lot at once: wait a few seconds and try again."))


def _sender(senders: ActorCache, *, recent: bool) -> Any:
    """The actor who sends this message; SignedOut if the cookie's key has been revoked."""
    key = current_key()
    sender = senders.actor(key, recent=recent)
    if key and not sender.is_signed_in:
        raise SignedOut(_("You have been signed out. Sign in again and reload the page."))
    return sender


def run_message(name: str, args: tuple[Any, ...]) -> Answer:
    """Do what a message asks for, in the name of its sender.

    args: what came after the name, which must be one object. Returns what the answer says
    beside `ok`; raises a Refusal if the message is unknown, badly shaped or refused.
    """
    message = MESSAGES.get(name)
    if message is None:
        raise NotFound(_("This message is not known here. Reload the page."))
    return message.run(**_load(_instance(message.schema), args))


@cache
def _instance(schema: type[Schema]) -> Schema:
    """The one of its kind: making it costs more than what it reads, and ballots come at once."""
    return schema()


def _load(schema: Schema, args: tuple[Any, ...]) -> dict[str, Any]:
    if len(args) != 1 or not isinstance(args[0], dict):
        raise Invalid(_("The message cannot be read. Reload the page."))
    try:
        loaded: dict[str, Any] = schema.load(args[0])
    except ValidationError as error:
        raise Invalid(
            _("Something needs to be corrected"), fields=flatten(error.messages)
        ) from None
    return loaded


def _refused(name: str, error: Exception) -> Refused:
    """The answer to a message that was not done; `/metrics` counts it.

    What roles do not allow is noted in the security log, as of a page.
    """
    if is_away(error):
        note_away(error, name if name in MESSAGES else "unknown")
        error = Busy(
            _("At the moment nothing can be written. Nothing was changed: try again later.")
            if shortage(error)
            else _("The archive does not answer. It is tried again shortly.")
        )
    if isinstance(error, NotAllowed):
        security_log.note(Kind.FORBIDDEN, message=name if name in MESSAGES else "unknown")
    answer = _refusal(error) if isinstance(error, Refusal) else _fault(name, error)
    REFUSED.labels(name if name in MESSAGES else "unknown", answer["error"]).inc()
    return answer


def _refusal(refusal: Refusal) -> Refused:
    fields = {name: [str(s) for s in found] for name, found in refusal.fields.items()}
    answer: Refused = {
        "ok": False,
        "error": refusal.code,
        "detail": str(refusal.detail),
        "fields": fields,
    }
    if refusal.retry_after is not None:
        answer["retry_after"] = refusal.retry_after
    return answer


def _fault(name: str, error: Exception) -> Refused:
    """A fault of ours: the log gets all of it, the reader a number to quote."""
    reference = uuid4().hex[:8]
    _log.error("fault", reference=reference, message=name, exc_info=error)
    detail = _("Nothing was changed. If it happens again, quote %(ref)s.", ref=reference)
    return {"ok": False, "error": "fault", "detail": detail, "fields": {}}


def _disconnect(socketio: SocketIO, sid: str) -> None:
    """End a connection a moment later, so that the answer arrives first."""
    socketio.sleep(0.2)
    socketio.server.disconnect(sid)


def _sid() -> str:
    return str(getattr(request, "sid", ""))
