"""Challenges of passkeys: made of what is signed, and checked without being kept.

The word that travels with the page is signed by the site and good for ten minutes. The challenge
is the SHA-256 of it, and the subject (a document's digest) is in it: so an assertion holds for
one subject, and for no other page. That it is used once, the act itself sees to.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime

from itsdangerous import BadData, URLSafeTimedSerializer

from consultazione.core import clock

GOOD_FOR = 600


def new_word(keys: Sequence[str], subject: str) -> str:
    """A word for one challenge over a subject."""
    return _signer(keys).dumps([subject, secrets.token_urlsafe(16), clock.now().timestamp()])


def asked_at(word: str, keys: Sequence[str]) -> datetime:
    """When a word that fits was made; ValueError for any other."""
    try:
        return clock.from_timestamp(_signer(keys).loads(word, max_age=GOOD_FOR)[2])
    except (BadData, LookupError) as error:
        raise ValueError("not a word of this site") from error


def challenge_of(word: str) -> bytes:
    """The 32 bytes that the authenticator signs for a word."""
    return hashlib.sha256(f"consultazione passkey 1\n{word}".encode()).digest()


def fits(word: str, keys: Sequence[str], subject: str) -> bool:
    """True if the site made that word for that subject, at most ten minutes ago."""
    try:
        given = _signer(keys).loads(word, max_age=GOOD_FOR)
    except BadData:
        return False
    return bool(given[0] == subject)


def _signer(keys: Sequence[str]) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(list(keys), salt="passkey challenge")
