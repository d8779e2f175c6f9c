"""Passwords: argon2id, computed off the event loop where one runs.

A hash takes about a tenth of a second, in which every other request would wait.
"""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from consultazione.core.threadpool import offload

_HASHER = PasswordHasher()
# A hash of nothing: checked when the address is unknown, so that time tells nothing.
_DUMMY = (
    "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA"
    "$m3RoSLLiAxOx3cvmsLr1mfOAyBGrqbNjfPnTWTlpgXI"
)


def hash_password(password: str) -> str:
    """The hash to keep of a password."""
    return str(offload(_HASHER.hash, password))


def is_right(password_hash: str | None, password: str) -> bool:
    """True if the password is the one that was hashed; takes as long when there is no hash."""
    try:
        offload(_HASHER.verify, password_hash or _DUMMY, password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None
