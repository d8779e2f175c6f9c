"""What somebody who looks for an attack wants to read: one line of JSON for each thing noted.

A line holds who (a person's number, the address), what and where; never a password, a token or
an e-mail address. An address that was typed stands as a keyed digest, so that guesses at one
account can be told from guesses at many. `docs/security-log.md` has the manual.

Lines go to a file that is rotated while all processes write to it, and the newest to a stream
of Redis, which the administrators' page reads. Neither may stop what is noted: a full disk or
an absent Redis loses a line.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from concurrent_log_handler import ConcurrentRotatingFileHandler
from flask import Flask, Response, current_app, g, has_request_context, request
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from redis import Redis, RedisError

from consultazione.config import Settings
from consultazione.core import clock
from consultazione.core.actor import VISITOR, Actor
from consultazione.core.log import Entry
from consultazione.web.sender import sender_network

STREAM = "security"
MOST_LINES = 5000  # kept in Redis
_LARGEST_FILE = 5_000_000
_OLDER_FILES = 20
_NAME = "security_log"
# A flood of refusals must not push everything else out of the files: of one kind from one
# address these are noted, and the last of them says that there were more.
_FLOOD = parse("30 per minute")
_TOKEN_USE = parse("1 per hour")


class Kind(StrEnum):
    """What is noted, each with what it means."""

    meaning: str

    def __new__(cls, name: str, meaning: str) -> Self:
        """A member whose value is its name alone."""
        member = str.__new__(cls, name)
        member._value_, member.meaning = name, meaning
        return member

    SIGNED_IN = "sign_in.done", "Somebody signed in."
    SIGN_IN_FAILED = "sign_in.failed", "The password was wrong, or there is no such account."
    SIGN_IN_DELAYED = "sign_in.delayed", "A password was not even looked at: too many before it."
    PROOF_FAILED = "proof.failed", "A password that was asked for again was wrong."
    PROOF_DELAYED = "proof.delayed", "The same was not even looked at: too many before it."
    SECOND_STEP_FAILED = "second_step.failed", "The password was right, and the second step wrong."
    SECOND_STEP_DELAYED = (
        "second_step.delayed",
        "A second step was not even looked at: too many before it.",
    )
    GATEWAY_FAILED = (
        "gateway.failed",
        "What came back from the gateway of SPID and CIE was refused.",
    )
    NOT_COUNTED = "sign_in.not_counted", "Valkey was away, so no password was looked at."
    TOKEN_REFUSED = "token.refused", "A program sent a token that counts for nobody."
    TOKEN_USED = "token.used", "A program used a token; noted once an hour and address."
    FORBIDDEN = (
        "request.forbidden",
        "Somebody asked for what their roles do not allow (403, or the like in the room).",
    )
    TOO_MANY = "request.too_many", "A limit was reached (429)."
    FORGED = "request.forged", "A form came without the mark of the page it belongs to."
    MAIL_READ = "mail.read", "An administrator read mails that are kept for want of a server."
    ACCOUNTS_READ = "accounts.read", "An administrator read the register of accounts."
    SECURITY_READ = "security.read", "An administrator read the security log."
    DATA_TAKEN = "data.taken", "Somebody fetched the copy of their data."
    PERSON_READ = "person.read", "An administrator read the page of a person."
    PEOPLE_SOUGHT = "people.sought", "An administrator looked through the people of the zone."
    INFECTED = "file.infected", "The virus scanner found something in a file."


# Entries of the log that are noted with the address from which they came, by their own kind.
RECORDED = frozenset(
    {
        "person.registered",
        "person.password_changed",
        "person.address_changed",
        "person.renamed",
        "person.name_corrected",
        "person.merge_proposed",
        "person.merged",
        "person.invited",
        "invitation.withdrawn",
        "invitation.accepted",
        "person.blocked",
        "person.unblocked",
        "password_link.created",
        "password_link.confirmed",
        "password_link.withdrawn",
        "password_link.used",
        "second_step.turned_on",
        "second_step.turned_off",
        "recovery_codes.renewed",
        "recovery_code.used",
        "second_step_link.created",
        "second_step_link.used",
        "zone.second_step_required",
        "gateway.linked",
        "gateway.unlinked",
        "passkey.added",
        "passkey.removed",
        "token.created",
        "token.deleted",
        "role.given",
        "role.taken_back",
        "mandate.given",
        "mandate.proposed",
        "mandate.confirmed",
        "mandate.turned_down",
        "mandate.ended",
        "job.revived",
    }
)


class SecurityLog:
    """The file and the stream of one process."""

    def __init__(self, path: Path | None, redis: Redis) -> None:
        self._handler = _handler(path)
        self._redis = redis
        self._floods = FixedWindowRateLimiter(MemoryStorage())

    def write(self, line: Mapping[str, object]) -> None:
        """Write a line to the file and to the stream of the newest."""
        text = json.dumps(line, ensure_ascii=False)
        self._handler.handle(logging.makeLogRecord({"msg": text}))
        with suppress(RedisError):
            self._redis.xadd(STREAM, {"line": text}, maxlen=MOST_LINES, approximate=True)

    def is_flood(self, kind: str, address: str) -> bool:
        """True if so much of a kind has come from an address that no more of it is noted."""
        return not self._floods.hit(_FLOOD, kind, address)

    def is_last_of_flood(self, kind: str, address: str) -> bool:
        """True for the last line of a kind from an address that is noted in this minute."""
        return self._floods.get_window_stats(_FLOOD, kind, address).remaining == 0

    def is_first_use(self, person_id: int | None, address: str) -> bool:
        """True the first time in an hour that this process sees a person's token in use there."""
        return self._floods.hit(_TOKEN_USE, "use", str(person_id), address)


def init(app: Flask, settings: Settings, redis: Redis) -> None:
    """Open the log of this process, and note what is refused."""
    log = SecurityLog(settings.security_log, redis)
    app.extensions[_NAME] = log
    app.after_request(_note_refusal)


def security_log() -> SecurityLog:
    """The application's security log."""
    found: SecurityLog = current_app.extensions[_NAME]
    return found


def note(
    kind: str, *, account: str | None = None, person_id: int | None = None, **subject: Any
) -> None:
    """Note something about the present request.

    person_id: whose it is, if not that of who is signed in. account: what stands for an address
    of e-mail that was typed, and tells it to nobody.
    subject: what it is about, by name: numbers and words of ours, nothing that people wrote.
    """
    log, address = security_log(), request.remote_addr or ""
    if log.is_flood(kind, sender_network()):
        return
    who: Actor = g.get("actor", VISITOR)
    line = {
        "at": clock.as_json(clock.now()),
        "kind": str(kind),
        "person": person_id or who.person_id,
        "address": address,
        "method": request.method,
        "path": request.path[:300],
        **({"account": account} if account is not None else {}),
        **({"subject": subject} if subject else {}),
        **({"more": True} if log.is_last_of_flood(kind, sender_network()) else {}),
    }
    log.write(line)


def note_entries(entries: Sequence[Entry]) -> None:
    """Note those entries of the log, just committed, that change who may do what."""
    if not has_request_context():
        return
    for entry in entries:
        if entry.kind in RECORDED:
            note(entry.kind, position=entry.position, stream=entry.stream)


def note_token_use(person_id: int | None) -> None:
    """Note that a person's token is in use from the sender's address, once an hour."""
    if security_log().is_first_use(person_id, request.remote_addr or ""):
        note(Kind.TOKEN_USED)


def newest(redis: Redis, *, before: str | None = None, limit: int) -> list[tuple[str, Any]]:
    """The newest lines first, each with its id in the stream; only those before an id, if given.

    RedisError if Redis is away.
    """
    end = f"({before}" if before else "+"
    rows: Any = redis.xrevrange(STREAM, max=end, count=limit)
    return [
        (name.decode(), json.loads(fields[b"line"])) for name, fields in rows if b"line" in fields
    ]


def _note_refusal(response: Response) -> Response:
    if response.status_code == 403:
        note(Kind.FORBIDDEN)
    elif response.status_code == 429:
        note(Kind.TOO_MANY)
    return response


def _handler(path: Path | None, *, largest: int = _LARGEST_FILE) -> logging.Handler:
    if path is None:
        return logging.StreamHandler()
    path.parent.mkdir(parents=True, exist_ok=True)
    return ConcurrentRotatingFileHandler(
        str(path),
        maxBytes=largest,
        backupCount=_OLDER_FILES,
        encoding="utf-8",
        chmod=0o640,
        keep_file_open=False,
    )
