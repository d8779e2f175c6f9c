"""Passwords: argon2id, hashed off the event loop where there is one.

A hash takes about a tenth of a second, which would hold up every other request of the
process.
"""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from consultazione.core.threadpool import offload

_HASHER = PasswordHasher()
# Verified when the address is unknown, so that timing does not reveal which addresses exist.
_DUMMY = (
    "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA"
    "$m3RoSLLiAxOx3cvmsLr1mfOAyBGrqbNjfPnTWTlpgXI"
)


def hash_password(password: str) -> str:
    """The hash to store for a password."""
    return str(offload(_HASHER.hash, password))


def is_right(password_hash: str | None, password: str) -> bool:
    """True if the password matches the hash.

    With no hash it is False, after the same time, so that timing does not reveal whether an
    account exists.
    """
    try:
        offload(_HASHER.verify, password_hash or _DUMMY, password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None
