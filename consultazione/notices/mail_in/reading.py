"""Reading a mail that came in: who wrote it, what they wrote, and whether a program sent it.

Whatever comes from outside is hostile until read: sizes, parts and headers are limited before the
parser sees them, encodings are those of a closed list, and what the parser fails on is unreadable.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from email.utils import getaddresses
from hashlib import sha256

from consultazione.core.errors import Invalid
from consultazione.core.incoming.email_address import fold_address
from consultazione.notices.mail_in.cutting import cut
from consultazione.notices.mail_in.html_text import text_of

MOST_BYTES = 1024 * 1024
_MOST_HEADERS = 64 * 1024
# Each level and each part has a line of its own with its type; also those that are nested.
_MOST_PARTS = 100
# How deep they can be nested: the parser's time grows with it for each line.
_MOST_LEVELS = 12
# A comment has 4,000; of what is longer the beginning is read, which is not quoted.
_MOST_TEXT = 100_000
_BLANK = re.compile(rb"\r?\n\r?\n")
_PART = re.compile(rb"content-type\s*:", re.IGNORECASE)
_LEVEL = re.compile(rb"\bboundary(\*\d*)?\s*=", re.IGNORECASE)
_ENCODINGS = re.compile(
    r"utf-?8|us-ascii|ascii|iso-?8859-\d{1,2}|latin-?1|(windows-|cp)125\d|koi8-r"
)
# RFC 3834 knows `no`; what else stands there was sent by a program. List headers: RFC 2919, 2369.
_OF_LISTS = ("List-Id", "List-Unsubscribe", "List-Post")
_BULK = {"bulk", "junk", "list", "auto_reply", "auto-reply"}
_OF_PROGRAMS = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-Loop", "X-Mailer-Daemon")
# Microsoft's header on whatever must not be answered by a program.
_NO_ANSWER = re.compile(r"\b(all|autoreply|oof)\b", re.IGNORECASE)
_NOBODY = re.compile(r"(mailer-daemon|postmaster|no-?reply|noreply|bounce)s?@", re.IGNORECASE)


class Unreadable(Exception):
    """It is no mail, or one that nobody writes: too large, too many parts, or none that is text."""


@dataclass(frozen=True)
class Incoming:
    """A mail that came in.

    sender: the folded address of the one who wrote it; empty if it names none, or several. key: by
    which it is known again, of its Message-ID. text: without quotations. is_automatic: a program or
    a list sent it. may_be_answered: False if an answer by a program is not wanted. has_files: it
    has attachments, which are not looked at.
    """

    sender: str
    key: bytes
    text: str
    is_automatic: bool
    may_be_answered: bool
    has_files: bool


def parsed(raw: bytes) -> Message:
    """A mail as the standard library has it; Unreadable beyond the limits."""
    if len(raw) > MOST_BYTES:
        raise Unreadable
    head = _BLANK.split(raw, maxsplit=1)[0]
    levels, parts = (sum(1 for _found in kind.finditer(raw)) for kind in (_LEVEL, _PART))
    if len(head) > _MOST_HEADERS or parts > _MOST_PARTS or levels > _MOST_LEVELS:
        raise Unreadable
    try:
        return message_from_bytes(raw, policy=policy.compat32)
    except Exception as error:  # whatever its parser trips over
        raise Unreadable from error


def read_mail(raw: bytes) -> Incoming:
    """What a mail says; Unreadable if it cannot be read."""
    message = parsed(raw)
    try:
        said, has_files = _said(message)
        return Incoming(
            sender=_sender(message),
            key=sha256(_header(message, "Message-ID").strip().encode() or raw).digest(),
            text=cut(said[:_MOST_TEXT].replace("\x00", "")),
            is_automatic=_is_automatic(message),
            may_be_answered=not _NO_ANSWER.search(_header(message, "X-Auto-Response-Suppress")),
            has_files=has_files,
        )
    except Exception as error:  # the same
        raise Unreadable from error


def named_addresses(raw: bytes) -> list[str]:
    """To whom a mail says that it goes, for a delivery that does not say so itself."""
    message = parsed(raw)
    names = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
    found = getaddresses([_text(value) for name in names for value in message.get_all(name, [])])
    return [address for _name, address in found][:50]


def return_path(raw: bytes) -> str | None:
    """The sender that the mail server wrote down: empty for none, None if it wrote nothing."""
    value = parsed(raw).get("Return-Path")
    return None if value is None else _text(value).strip().strip("<>").strip()


def _sender(message: Message) -> str:
    values = [_text(value) for value in message.get_all("From", [])]
    addresses = [address for _name, address in getaddresses(values) if address]
    try:
        return fold_address(addresses[0]) if len(addresses) == 1 else ""
    except Invalid:
        return ""


def _is_automatic(message: Message) -> bool:
    submitted = _header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    return (
        submitted not in {"", "no"}
        or _header(message, "Precedence").strip().lower() in _BULK
        or any(message.get(name) is not None for name in (*_OF_LISTS, *_OF_PROGRAMS))
        or message.get_content_type() == "multipart/report"
        or _NOBODY.match(_sender(message)) is not None
    )


def _said(message: Message) -> tuple[str, bool]:
    """The words of a mail, plain ones before those in HTML; and whether it has attachments."""
    plain: list[str] = []
    html: list[str] = []
    has_files = False
    for part in message.walk():
        media = part.get_content_type()
        if part.is_multipart():
            has_files = has_files or media == "message/rfc822"
        elif part.get_filename() or part.get_content_disposition() == "attachment":
            has_files = True
        elif media == "text/plain":
            plain.append(_unfolded(part, _decoded(part)))
        elif media == "text/html":
            html.append(_decoded(part))
        else:
            has_files = True
    said = "\n".join(plain)
    return (said if said.strip() else "\n".join(map(text_of, html))), has_files


def _decoded(part: Message) -> str:
    content = part.get_payload(decode=True)
    octets = content if isinstance(content, bytes) else b""
    named = str(part.get_content_charset() or "utf-8").lower()
    try:
        return octets.decode(named if _ENCODINGS.fullmatch(named) else "utf-8")
    except (UnicodeDecodeError, LookupError):
        return octets.decode("cp1252", errors="replace")


def _unfolded(part: Message, text: str) -> str:
    """Lines that a program has broken, whole again (RFC 3676, format=flowed)."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    whole: list[str] = []
    goes_on = False
    for line in text.splitlines():
        is_quoted, line = line.startswith(">"), line.removeprefix(" ")
        if goes_on and not is_quoted:
            whole[-1] += line
        else:
            whole.append(line)
        goes_on = line.endswith(" ") and not is_quoted and line != "-- "
    return "\n".join(whole)


def _header(message: Message, name: str) -> str:
    return _text(message.get(name, ""))


def _text(value: object) -> str:
    return str(value).replace("\r", " ").replace("\n", " ")
