"""Addresses that say whose mail answers what: `risposte+TOKEN@host`, signed, and good for a time.

A token is 29 bytes in 47 letters of base32 (RFC 4648, section 6), which survive a server that
folds capitals: what it is for, its last day, the person, the object, and the first 16 bytes of an
HMAC-SHA-256 over them. With a name of 16 characters and the plus before it (RFC 5233) the local
part stays within the 64 octets of RFC 5321, 4.5.3.1.1.
"""

from __future__ import annotations

from base64 import b32decode, b32encode
from binascii import Error
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from hashlib import sha256
from hmac import compare_digest, digest

CHARACTERS = 47
# What is left for the name before the plus.
MOST_NAME = 64 - CHARACTERS - 1
# The largest number that a token holds; whatever has a larger one cannot be answered by mail.
LARGEST = 2**40 - 1
VALID_FOR = timedelta(days=30)

_MEANT_FOR = b"consultazione mail-in 1\n"
_MARK = 16
_EPOCH = date(1970, 1, 1)


class Purpose(IntEnum):
    """What a mail to an address is: an answer to a comment, one to a proposal, or a bounce."""

    COMMENT = 1
    PROPOSAL = 2
    BOUNCE = 3


@dataclass(frozen=True)
class Token:
    """Whose mail is about what. object_id: of the comment, the proposal, or the mail that was sent.
    last_day: on which it counts.
    """

    purpose: Purpose
    person_id: int
    object_id: int
    last_day: date

    def has_expired(self, today: date) -> bool:
        """True once its last day is over."""
        return today > self.last_day


def token_for(purpose: Purpose, person_id: int, object_id: int, *, today: date) -> Token | None:
    """A token that is good from today on; None if a number is too large for one."""
    if not (0 < person_id <= LARGEST and 0 < object_id <= LARGEST):
        return None
    return Token(purpose, person_id, object_id, today + VALID_FOR)


def written(token: Token, key: bytes) -> str:
    """A token as it stands in an address."""
    said = b"".join((
        token.purpose.to_bytes(1, "big"),
        (token.last_day - _EPOCH).days.to_bytes(2, "big"),
        token.person_id.to_bytes(5, "big"),
        token.object_id.to_bytes(5, "big"),
    ))  # fmt: skip
    return b32encode(said + _mark(said, key)).decode().rstrip("=").lower()


def read(text: str, key: bytes) -> Token | None:
    """The token that stands in an address; None if we did not sign it. It may have expired."""
    if len(text) != CHARACTERS or not text.isascii():
        return None
    try:
        whole = b32decode(text.upper() + "=")
    except Error:
        return None
    said, mark = whole[:-_MARK], whole[-_MARK:]
    if not compare_digest(mark, _mark(said, key)) or _folded(whole) != text.lower():
        return None
    return Token(
        Purpose(said[0]),
        int.from_bytes(said[3:8], "big"),
        int.from_bytes(said[8:13], "big"),
        _EPOCH + timedelta(days=int.from_bytes(said[1:3], "big")),
    )


def address_with(token: Token, key: bytes, replies: str) -> str:
    """The address for a token, at that of the settings (`risposte@host`)."""
    name, _at, host = replies.partition("@")
    return f"{name}+{written(token, key)}@{host}"


def token_in(address: str, key: bytes, replies: str) -> Token | None:
    """The token in an address of ours, in brackets or not; None if it is none or not signed."""
    local, _at, host = address.strip().strip("<>").rpartition("@")
    name, _plus, text = local.partition("+")
    if f"{name}@{host}".lower() != replies.lower():
        return None
    return read(text, key)


def is_ours(address: str, replies: str) -> bool:
    """True for the address of answers, with whatever after the plus: nobody writes from there."""
    local, _at, host = address.rpartition("@")
    return f"{local.partition('+')[0]}@{host}".lower() == replies.lower()


def _mark(said: bytes, key: bytes) -> bytes:
    return digest(key, _MEANT_FOR + said, sha256)[:_MARK]


def _folded(whole: bytes) -> str:
    """The one way to write these bytes: the last letter of another would have spare bits set."""
    return b32encode(whole).decode().rstrip("=").lower()
