"""Accounts: registering, signing in and out, changing the password, confirming one's identity.

Signing in and out records no event: the log keeps events for ever, and sign-ins are private.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, delete
from sqlalchemy.exc import IntegrityError

from consultazione.core import log
from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid, NotAllowed
from consultazione.core.incoming.email_address import fold_address
from consultazione.core.permissions import Permission, require
from consultazione.people.commands.open_links import withdraw_links
from consultazione.people.commands.tokens import withdraw_tokens
from consultazione.people.credentials.identity_proof import (
    CHANGING_PASSWORD,
    SIGNING_IN,
    IdentityProof,
)
from consultazione.people.credentials.new_password import NewPassword
from consultazione.people.events import PasswordChanged, PersonRegistered, person_stream
from consultazione.people.lifetimes import LONGEST
from consultazione.people.models import EndedSignIn, Person, SignIn
from consultazione.people.secret_tokens import digest_of, new_key

_TAKEN = _("There is an account with this address: sign in, or use another.")


class AddressTaken(Invalid):
    """There is an account with the address already; pages tell it to nobody."""


def register(
    tx: Transaction, *, email: str, display_name: str, password: NewPassword, demo: bool = False
) -> Person:
    """Open an account and return it.

    AddressTaken if there is an account with the address: the unique index says so, whether it
    is an old one or one of this moment, so that both take as long. Invalid if it is no address.
    """
    require(tx.actor, Permission.REGISTER)
    person = Person(
        email=fold_address(email),
        display_name=display_name,
        password_hash=password.password_hash,
        demo=demo,
        created_at=tx.now,
    )
    try:
        with tx.session.begin_nested():
            tx.session.add(person)
    except IntegrityError as error:
        log.skip_position(tx.session)  # or the public numbers of entries would tell it
        raise AddressTaken.at("email", _TAKEN) from error
    tx.record(person_stream(person.id), PersonRegistered(person_id=person.id))
    return person


def sign_in(tx: Transaction, *, proof: IdentityProof, device: str) -> str:
    """Sign a browser in and return its key, which only the browser keeps.

    proof: for SIGNING_IN. Locks the account FOR NO KEY UPDATE; Conflict if the proof does not
    hold any more; NotAllowed if the account is blocked. Stores the password's new hash, if the
    parameters have changed. Not recorded in the log.
    """
    require(tx.actor, Permission.SIGN_IN)
    person = _proved(tx, proof, proof.person_id, SIGNING_IN)
    if person.blocked_at is not None:
        raise NotAllowed(_("Your account is blocked: ask whoever runs this site, by name below."))
    person.password_hash = proof.new_hash or person.password_hash
    return start_sign_in(tx, person_id=person.id, device=device)


def start_sign_in(tx: Transaction, *, person_id: int, device: str) -> str:
    """Issue a key for a person's browser, valid for as long as `lifetimes` says.

    Checks nothing: the caller has authenticated the person.
    """
    key = new_key()
    tx.session.add(
        SignIn(
            token_digest=digest_of(key),
            person_id=person_id,
            device=device[:300],
            created_at=tx.now,
            seen_at=tx.now,
            expires_at=tx.now + LONGEST.absolute,
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


def end_sign_ins(tx: Transaction, person_id: int) -> None:
    """End all sign-ins of a person. Idempotent; checks no permission."""
    _end(tx, SignIn.person_id == person_id)


def change_password(
    tx: Transaction, *, proof: IdentityProof, new_password: NewPassword, key: str
) -> Person:
    """Change the actor's password, sign out their other browsers and withdraw their API tokens.

    Open links for a forgotten password are withdrawn too. proof: for CHANGING_PASSWORD. Raises
    what `confirm_identity` raises.
    """
    require(tx.actor, Permission.CHANGE_PASSWORD)
    person = confirm_identity(tx, proof=proof, purpose=CHANGING_PASSWORD)
    person.password_hash = new_password.password_hash
    sign_out_elsewhere(tx, key=key)
    withdraw_tokens(tx, person.id)
    withdraw_links(tx, person.id)
    tx.record(person_stream(person.id), PasswordChanged(person_id=person.id))
    return person


def confirm_identity(tx: Transaction, *, proof: IdentityProof, purpose: str) -> Person:
    """Spend the proof that the actor is who they are, for a purpose, and return their account.

    Locks the account FOR NO KEY UPDATE. NotAllowed for a visitor; Conflict if the proof is for
    something else, or does not hold any more.
    """
    if not tx.actor.person_id:
        raise NotAllowed(_("Sign in to do this."))
    return _proved(tx, proof, tx.actor.person_id, purpose)


def _proved(tx: Transaction, proof: IdentityProof, person_id: int, purpose: str) -> Person:
    # Read anew: the hash must be the one that was matched, now that nobody can change it.
    # Not FOR UPDATE: what the person does elsewhere refers to their row, and need not wait.
    lock = {"key_share": True}
    person = tx.session.get(Person, person_id, with_for_update=lock, populate_existing=True)
    return proof.use(person, purpose=purpose, now=tx.now)


def _end(tx: Transaction, *conditions: ColumnElement[bool]) -> None:
    """Delete sign-ins, and queue their open connections for closing."""
    ended = tx.session.scalars(delete(SignIn).where(*conditions).returning(SignIn.token_digest))
    tx.session.add_all(EndedSignIn(token_digest=digest) for digest in ended)
