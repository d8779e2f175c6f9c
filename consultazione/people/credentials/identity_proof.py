"""Proofs of identity: that the password of an account was known a moment ago.

A password is verified before a transaction begins, since a hash takes long and a transaction
holds a connection and locks. What the transaction needs of it is an object inside the process:
bound to a person, to one purpose and to the hash that was matched, valid for a minute, and
good for one use. It never leaves the process, so nobody can send one again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from threading import Lock

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from consultazione.core import clock
from consultazione.core.errors import Conflict, Invalid
from consultazione.people.credentials.passwords import hash_password, is_outdated, is_right
from consultazione.people.models import Person
from consultazione.people.queries import find_person

VALID_FOR = timedelta(minutes=1)
SIGNING_IN = "sign in"
CHANGING_PASSWORD = "change the password"
CHANGING_ADDRESS = "change the address"


@dataclass(frozen=True)
class Credentials:
    """What a password is verified against, as a short reading of the database found it."""

    person_id: int
    password_hash: str | None = field(repr=False)


@dataclass
class IdentityProof:
    """That somebody knew the password of an account, for one purpose.

    password_hash: the hash that was matched. new_hash: the same password under the present
    parameters, if they have changed.
    """

    person_id: int
    purpose: str
    at: datetime
    password_hash: str = field(repr=False)
    new_hash: str | None = field(default=None, repr=False)
    _used: bool = field(default=False, init=False, repr=False)
    _lock: Lock = field(default_factory=Lock, init=False, repr=False)

    def use(self, person: Person | None, *, purpose: str, now: datetime) -> Person:
        """Spend the proof for a person's act and return the person.

        Conflict if it is somebody else's, for another purpose, over a minute old, used, or if
        the password has changed since.
        """
        with self._lock:
            fits = not self._used and self.purpose == purpose
            self._used = True
        fresh = abs(now - self.at) <= VALID_FOR  # a clock may be set back in between
        if person is None or not (fits and fresh and self._matches(person)):
            raise Conflict(_("Your password could not be confirmed. Enter it once more."))
        return person

    def _matches(self, person: Person) -> bool:
        return (person.id, person.password_hash) == (self.person_id, self.password_hash)


def credentials_by_email(session: Session, email: str) -> Credentials | None:
    """The credentials of the account with an address; None if there is none."""
    return _of(find_person(session, email))


def credentials_of(session: Session, person_id: int) -> Credentials | None:
    """The credentials of a person; None if there is no such person."""
    return _of(session.get(Person, person_id))


def prove_for_sign_in(
    credentials: Credentials | None, password: str, *, at_the_front: Callable[[], None]
) -> IdentityProof:
    """The proof for SIGNING_IN; Invalid if there is no account or the password is wrong.

    It does not say which, and takes as long for both. Raises what `prove_again` raises.
    """
    proof = _prove(credentials, password, SIGNING_IN, at_the_front)
    if proof is None:
        raise Invalid(_("The address or the password is not right."))
    return proof


def prove_again(
    credentials: Credentials | None,
    password: str,
    *,
    purpose: str,
    at_the_front: Callable[[], None],
) -> IdentityProof:
    """The proof of somebody signed in, for a purpose; Invalid, naming the field, if it is wrong.

    Call it while holding no connection: it waits in the lane of the passwords. QueueFull if too
    many do. at_the_front: see `passwords.is_right`.
    """
    proof = _prove(credentials, password, purpose, at_the_front)
    if proof is None:
        raise Invalid.at("password", _("This is not your password."))
    return proof


def proving(password: str, *, purpose: str) -> Callable[..., IdentityProof]:
    """What makes the proof for a purpose of a password that was typed, as `prove_again` does."""
    return partial(prove_again, password=password, purpose=purpose)


def _prove(
    credentials: Credentials | None,
    password: str,
    purpose: str,
    at_the_front: Callable[[], None],
) -> IdentityProof | None:
    stored = credentials.password_hash if credentials else None
    right = is_right(stored, password, at_the_front=at_the_front)
    if not right or credentials is None or stored is None:
        return None
    new_hash = hash_password(password) if is_outdated(stored) else None
    return IdentityProof(credentials.person_id, purpose, clock.now(), stored, new_hash)


def _of(person: Person | None) -> Credentials | None:
    return Credentials(person.id, person.password_hash) if person else None
