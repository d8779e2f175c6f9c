"""A request that is submitted again is answered again, and done once.

Every form carries a random key in a hidden field, and a program may send one in the header
`Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header). The first transaction of the
request claims the key and is committed with it; what was answered is kept beside it
afterwards, for a day. Of six equal requests at once five wait for the first to be committed,
and are then given its answer.

The database holds neither the key nor the content, only digests under the server's key: nobody
who reads it alone can try out what was sent. A secret choice is not even digested. Of an answer
it holds where a form led to and what was said there, and of REST which row was made; never a
page or a text.

A form in which something else is typed is another act, though its page was drawn once: one
goes back in the history of the browser and writes a second proposal. A program that sends
another content under a key has made a mistake, and is told so.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from flask import current_app, g, request
from flask_babel import lazy_gettext as _
from werkzeug.datastructures import FileStorage

from consultazione.core import idempotency
from consultazione.core.actor import Actor
from consultazione.core.db import Database, Transaction
from consultazione.core.errors import Invalid, Refusal
from consultazione.core.idempotency import Answer, OwnedKey
from consultazione.web.db_outage import is_away, note_away

FIELD = "once"
HEADER = "Idempotency-Key"
LONGEST_KEY = 255
# What a form carries that says nothing about what is asked.
_NO_CONTENT = frozenset({FIELD, "csrf_token"})
_WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
# How long a repeat waits for the answer of a first that is committed.
_PATIENCE_SECONDS = 2.0
_EVERY_SECONDS = 0.05


class Repeated(Exception):
    """All of this was done before; `owned_key` is where its answer is kept."""

    def __init__(self, owned_key: OwnedKey) -> None:
        super().__init__("this was done before")
        self.owned_key = owned_key


@dataclass(frozen=True)
class KeyedRequest:
    """A request with a key: whose it is, and the digest of what it asks for."""

    owned_key: OwnedKey
    digest: bytes

    @contextmanager
    def claimed(self, tx: Transaction) -> Iterator[None]:
        """Hold the key for a transaction; Repeated if another one has done this before.

        Invalid if the key came with another content then. The key is free again if all is
        refused, and is forgotten with the rehearsal to which the transaction is confined.
        """
        if idempotency.claim_key(tx, self.owned_key, self.digest) is not None:
            raise Repeated(self.owned_key)
        try:
            yield
        except Refusal as refusal:
            idempotency.release_key(tx, self.owned_key, refusal)
            raise
        idempotency.settle_key(tx, self.owned_key, {})


def new_once_key(reader: Actor) -> str:
    """A key for a form that is drawn; empty for a visitor, who could not claim it."""
    return secrets.token_urlsafe(16) if reader.is_signed_in else ""


def keyed_request(sender: Actor) -> KeyedRequest | None:
    """The present request with its key; None without one, for visitors, and once it is done.

    Invalid for a header that cannot be a key. Messages of a room have keys of their own.
    """
    if sender.person_id is None or request.method not in _WRITES or "done_once" in g:
        return None
    if request.path.startswith("/api/"):
        return _of_program(sender.person_id)
    return _of_form(sender.person_id)


def note_done(keyed: KeyedRequest) -> None:
    """Note that the request's key is committed; its answer is kept once it is made."""
    g.done_once = keyed


def body_stays_secret(view: Callable[..., Any]) -> Callable[..., Any]:
    """Leave the body of an operation out of what its repeats are recognised by."""

    @wraps(view)
    def run(*args: Any, **kwargs: Any) -> Any:
        g.secret_body = True
        return view(*args, **kwargs)

    return run


def refuse_repeat(database: Database, sender: Actor) -> None:
    """Repeated if the present request was done before, seen without claiming its key.

    For what must not be prepared twice, such as the proof of a password that has changed since.
    """
    keyed = keyed_request(sender)
    if keyed is not None:
        with database.snapshot() as session:
            is_done = idempotency.is_done(session, keyed.owned_key, keyed.digest)
        if is_done:
            raise Repeated(keyed.owned_key)


def keep(database: Database, answer: Answer, sender: Actor) -> None:
    """Keep the answer of the present request, if it was done under a key.

    What was done stays done if the database does not answer now: then only the answer is lost.
    """
    keyed: KeyedRequest | None = g.get("done_once")
    if keyed is None:
        return
    try:
        with database.transaction(sender) as tx:
            idempotency.keep_answer(tx.session, keyed.owned_key, answer)
    except Exception as error:
        if not is_away(error):
            raise
        note_away(error)


def first_answer(database: Database, owned_key: OwnedKey) -> Answer:
    """What the first was answered; empty if it was not answered in time, or never will be."""
    given_up = time.monotonic() + _PATIENCE_SECONDS
    while True:
        with database.snapshot() as session:
            answer = idempotency.kept_answer(session, owned_key)
        if answer or time.monotonic() > given_up:
            return answer
        time.sleep(_EVERY_SECONDS)


def _of_form(person_id: int) -> KeyedRequest | None:
    key = request.form.get(FIELD, "")[:LONGEST_KEY]
    if not key:
        return None
    digest = _digest("form", key, *_form_parts())
    return KeyedRequest((person_id, UUID(bytes=digest[:16])), digest)


def _of_program(person_id: int) -> KeyedRequest | None:
    if HEADER not in request.headers:
        return None
    key = request.headers[HEADER].strip().strip('"')
    if not 0 < len(key) <= LONGEST_KEY:
        raise Invalid.at(HEADER, _("Send a key of 1 to %(most)s characters.", most=LONGEST_KEY))
    body = b"" if "secret_body" in g else request.get_data()
    digest = _digest("program", key, request.method, request.path, body)
    return KeyedRequest((person_id, UUID(bytes=_digest("key", key)[:16])), digest)


def _form_parts() -> Iterator[str | bytes]:
    """What the form asks for: its address, its fields, its files."""
    yield request.path
    for name, value in sorted(request.form.items(multi=True)):
        if name not in _NO_CONTENT:
            yield name
            yield value
    for name, file in sorted(request.files.items(multi=True), key=lambda pair: pair[0]):
        yield name
        yield file.filename or ""
        yield _file_digest(file)


def _file_digest(file: FileStorage) -> bytes:
    file.stream.seek(0)
    digest = hashlib.file_digest(file.stream, "sha256").digest()  # type: ignore[arg-type]
    file.stream.seek(0)
    return digest


def _digest(*parts: str | bytes) -> bytes:
    """A digest of parts under the server's key; each begins with its length."""
    digest = hmac.new(str(current_app.config["SECRET_KEY"]).encode(), digestmod="sha256")
    for part in parts:
        encoded = part if isinstance(part, bytes) else part.encode()
        digest.update(len(encoded).to_bytes(8, "big") + encoded)
    return digest.digest()
