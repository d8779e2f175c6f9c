"""Accounts: registering, signing in and out, changing the password, confirming one's identity.

Signing in and out records no event: the log keeps events for ever, and sign-ins are private.
"""

from __future__ import annotations

from datetime import timedelta

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, delete
from sqlalchemy.exc import IntegrityError

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid, NotAllowed, Sentence
from consultazione.core.permissions import Permission, require
from consultazione.people.commands.tokens import withdraw_tokens
from consultazione.people.events import PasswordChanged, PersonRegistered, person_stream
from consultazione.people.models import EndedSignIn, Person, SignIn
from consultazione.people.passwords import hash_password, is_right
from consultazione.people.queries import find_person
from consultazione.people.secret_tokens import digest_of, new_key

SIGNED_IN_FOR = timedelta(days=14)
LEAST_PASSWORD = 10


def register(
    tx: Transaction, *, email: str, display_name: str, password: str, demo: bool = False
) -> Person:
    """Open an account and return it.

    Invalid, naming the field, if the address is taken or the password is too weak. A
    concurrent registration of the same address gets the same refusal, from the unique index.
    """
    require(tx.actor, Permission.REGISTER)
    _check_password(password, display_name, email)
    if find_person(tx.session, email) is not None:
        raise _taken()
    person = Person(
        email=email,
        display_name=display_name,
        password_hash=hash_password(password),
        demo=demo,
        created_at=tx.now,
    )
    try:
        with tx.session.begin_nested():
            tx.session.add(person)
    except IntegrityError as error:
        raise _taken() from error
    tx.record(person_stream(person.id), PersonRegistered(person_id=person.id))
    return person


def sign_in(tx: Transaction, *, email: str, password: str, device: str) -> str:
    """Sign a browser in and return its key, which only the browser keeps.

    Invalid if the address or the password is wrong; it does not say which, and takes as long
    for both. Not recorded in the log.
    """
    require(tx.actor, Permission.SIGN_IN)
    person = find_person(tx.session, email)
    if not is_right(person.password_hash if person else None, password) or person is None:
        raise Invalid(_("The address or the password is not right."))
    return start_sign_in(tx, person_id=person.id, device=device)


def start_sign_in(tx: Transaction, *, person_id: int, device: str) -> str:
    """Issue a key for a person's browser, valid for SIGNED_IN_FOR.

    Checks nothing: the caller has authenticated the person.
    """
    key = new_key()
    tx.session.add(
        SignIn(
            token_digest=digest_of(key),
            person_id=person_id,
            device=device[:300],
            created_at=tx.now,
            expires_at=tx.now + SIGNED_IN_FOR,
        )
    )
    return key


def sign_out(tx: Transaction, *, key: str) -> None:
    """End the sign-in of one browser. Idempotent."""
    require(tx.actor, Permission.SIGN_OUT)
    _end(tx, SignIn.token_digest == digest_of(key))


def sign_out_elsewhere(tx: Transaction, *, key: str) -> None:
    """End the actor's sign-ins in all other browsers. Idempotent."""
    require(tx.actor, Permission.SIGN_OUT_ELSEWHERE)
    _end(tx, SignIn.person_id == tx.actor.person_id, SignIn.token_digest != digest_of(key))


def change_password(tx: Transaction, *, password: str, new_password: str, key: str) -> Person:
    """Change the actor's password, sign out their other browsers and withdraw their API tokens.

    Invalid, naming the field, if the current password is wrong or the new one is too weak.
    """
    require(tx.actor, Permission.CHANGE_PASSWORD)
    person = confirm_identity(tx, password=password)
    _check_password(new_password, person.display_name, person.email or "", field="new_password")
    person.password_hash = hash_password(new_password)
    sign_out_elsewhere(tx, key=key)
    withdraw_tokens(tx, person.id)
    tx.record(person_stream(person.id), PasswordChanged(person_id=person.id))
    return person


def confirm_identity(tx: Transaction, *, password: str) -> Person:
    """Return the actor's account if the password is theirs; a signature asks for it again.

    NotAllowed for a visitor; Invalid, naming the field, if the password is wrong.
    """
    person = tx.session.get(Person, tx.actor.person_id) if tx.actor.person_id else None
    if person is None:
        raise NotAllowed(_("Sign in to do this."))
    if not is_right(person.password_hash, password):
        raise Invalid.at("password", _("This is not your password."))
    return person


def _end(tx: Transaction, *conditions: ColumnElement[bool]) -> None:
    """Delete sign-ins, and queue their open connections for closing."""
    ended = tx.session.scalars(delete(SignIn).where(*conditions).returning(SignIn.token_digest))
    tx.session.add_all(EndedSignIn(token_digest=digest) for digest in ended)


def _check_password(
    password: str, display_name: str, email: str, *, field: str = "password"
) -> None:
    """Check the length, and that it is not the person's name (NIST SP 800-63B, 5.1.1.2)."""
    own = {display_name.casefold(), email.casefold(), email.casefold().partition("@")[0]}
    if len(password) < LEAST_PASSWORD:
        problem: Sentence = _("Use at least %(least)s characters.", least=LEAST_PASSWORD)
    elif password.casefold() in own or len(set(password)) < 4:
        problem = _("Choose a password that is harder to guess.")
    else:
        return
    raise Invalid.at(field, problem)


def _taken() -> Invalid:
    return Invalid.at("email", _("There is an account with this address: sign in, or use another."))
