"""Passwords: argon2id, hashed in a lane of their own, off the event loop where there is one.

A hash takes a twentieth of a second and 46 MiB. Whoever asks for one must hold no connection
to the database meanwhile: many who sign in together would keep all of them from everybody.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from consultazione.core.threadpool import Lane

# The first of the equivalent settings of OWASP's Password Storage Cheat Sheet. Measured on a
# core at 2.1 GHz or so: 45 ms, where 64 MiB with three passes takes 144 ms, so that 500 people
# who sign in together would keep both cores of a small server busy for over half a minute.
_HASHER = PasswordHasher(time_cost=1, memory_cost=47104, parallelism=1)
# Half of the cores, so that pages and the database have the others.
_THREADS = max(1, (os.cpu_count() or 2) // 2)
# What one thread does in half a minute or so, after which browsers and people give up.
_MOST_WAITING = 600
LANE = Lane(_THREADS, _MOST_WAITING)


def _nothing() -> None:
    """What is done before a password is verified, if nothing is."""


def hash_password(password: str) -> str:
    """The hash to store for a password. QueueFull if too many wait."""
    with LANE.turn() as run:
        return str(run(_HASHER.hash, password))


def is_right(
    password_hash: str | None, password: str, *, at_the_front: Callable[[], None] = _nothing
) -> bool:
    """True if the password matches the hash. QueueFull if too many wait.

    With no hash it is False, after the same time, so that timing does not reveal whether an
    account exists. at_the_front: called when the turn has come; what it raises, is raised
    here, and the password is not verified.
    """
    with LANE.turn() as run:
        at_the_front()
        try:
            run(_HASHER.verify, password_hash or _stand_in(_HASHER), password)
        except (VerificationError, InvalidHashError):
            return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """True if a hash was made with other parameters than those of today."""
    return _HASHER.check_needs_rehash(password_hash)


@lru_cache
def _stand_in(hasher: PasswordHasher) -> str:
    """What is verified when the address is unknown: a hash that costs as much as any other."""
    return hasher.hash("nobody has this password")
