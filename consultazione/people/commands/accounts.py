"""Accounts: registering, signing in and out, changing the password, confirming one's identity.

Signing in and out records no event: the log keeps events for ever, and sign-ins are private.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.exc import IntegrityError

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid, NotAllowed
from consultazione.core.incoming.email_address import fold_address
from consultazione.core.mail.outbox import owe
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.people.commands.open_links import withdraw_links
from consultazione.people.commands.tokens import withdraw_tokens
from consultazione.people.credentials.identity_proof import (
    CHANGING_PASSWORD,
    SIGNING_IN,
    IdentityProof,
)
from consultazione.people.credentials.new_password import NewPassword
from consultazione.people.events import (
    PasswordChanged,
    PersonRegistered,
    PersonRenamed,
    RegistrationRepeated,
    person_stream,
)
from consultazione.people.lifetimes import LONGEST
from consultazione.people.models import EndedSignIn, Person, SignedInBy, SignIn
from consultazione.people.own_data.names import check_own_name
from consultazione.people.own_data.naming import new_person, rename
from consultazione.people.second_step.first_step import FirstStep, first_step_of
from consultazione.people.second_step.queries import second_step_of
from consultazione.people.secret_tokens import digest_of, new_key

_TAKEN = _("There is an account with this address: sign in, or use another.")


class AddressTaken(Invalid):
    """There is an account with the address already; pages tell it to nobody."""


def register(
    tx: Transaction,
    *,
    email: str,
    display_name: str,
    password: NewPassword,
    demo: bool = False,
    confirmed: bool = False,
    language: str = "it",
) -> Person:
    """Open an account and return it; owes a mail with a link that confirms its address.

    confirmed: True if the address needs no confirming; so it is for the platform itself. The owner
    of an address that is taken is owed a mail which says so.
    AddressTaken if there is an account with the address: the unique index says so, whether it
    is an old one or one of this moment, so that both take as long; who suppresses it commits the
    entry that nobody can tell from that of a new account. Invalid if it is no address, or if
    somebody calls themselves as an office is called.
    """
    require(tx.actor, Permission.REGISTER)
    if not tx.actor.is_system:
        check_own_name(display_name)
    person = new_person(
        tx,
        display_name,
        email=fold_address(email),
        password_hash=password.password_hash,
        demo=demo,
        language=language,
        email_confirmed_at=tx.now if confirmed or tx.actor.is_system else None,
    )
    try:
        with tx.session.begin_nested():
            tx.session.add(person)
    except IntegrityError as error:
        # Or the public log would tell it, which has one entry more for a new account.
        number = _drawn(tx)
        tx.record(person_stream(number), RegistrationRepeated(person_id=number))
        owe(tx, "address_taken", address=fold_address(email), language=language)
        raise AddressTaken.at("email", _TAKEN) from error
    tx.record(person_stream(person.id), PersonRegistered(person_id=person.id))
    if person.email_confirmed_at is None:
        owe(tx, "confirm_address", person_id=person.id, language=language)
    return person


def _drawn(tx: Transaction) -> int:
    """The number that the account would have had, and that no other will have."""
    sequence = func.pg_get_serial_sequence(Person.__tablename__, Person.id.name)
    number: int = tx.session.execute(select(func.currval(sequence))).scalar_one()
    return number


def sign_in(tx: Transaction, *, proof: IdentityProof, device: str) -> str | FirstStep:
    """Sign a browser in and return its key, which only the browser keeps.

    Of somebody who has a second step, nobody is signed in yet: then the first step is returned,
    for `finish_sign_in`.
    proof: for SIGNING_IN. Locks the account FOR NO KEY UPDATE; Conflict if the proof does not
    hold any more; NotAllowed as in `check_may_enter`. Stores the password's new hash, if the
    parameters have changed. Not recorded in the log.
    """
    require(tx.actor, Permission.SIGN_IN)
    person = _proved(tx, proof, proof.person_id, SIGNING_IN)
    check_may_enter(person)
    person.password_hash = proof.new_hash or person.password_hash
    if second_step_of(tx.session, person.id) is not None:
        return first_step_of(person)
    return start_sign_in(tx, person_id=person.id, device=device)


def check_may_enter(person: Person) -> None:
    """Refuse to sign somebody in, by whatever way: NotAllowed.

    Refused is an account that is blocked, or that was joined to another one.
    """
    if person.merged_into is not None:
        raise NotAllowed(_("This account was joined to your other one: sign in with that."))
    if person.blocked_at is not None:
        raise NotAllowed(_("Your account is blocked: ask whoever runs this site, by name below."))


def start_sign_in(
    tx: Transaction,
    *,
    person_id: int,
    device: str,
    by: SignedInBy = SignedInBy.PASSWORD,
    gateway_level: int | None = None,
) -> str:
    """Issue a key for a person's browser, valid for as long as `lifetimes` says.

    Checks nothing: the caller has authenticated the person. by, gateway_level: as in `SignIn`.
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
            by=by,
            gateway_level=gateway_level,
        )
    )
    return key


def sign_out(tx: Transaction, *, key: str) -> SignedInBy | None:
    """End the sign-in of one browser, and return by what it was; None if it is over already."""
    require(tx.actor, Permission.SIGN_OUT)
    this = SignIn.token_digest == digest_of(key)
    by = tx.session.scalar(select(SignIn.by).where(this))
    _end(tx, this)
    return by


def end_sign_in(tx: Transaction, *, digest: bytes) -> None:
    """End one of the actor's own sign-ins, by the digest of its key. Idempotent."""
    require(tx.actor, Permission.END_SIGN_IN)
    _end(tx, SignIn.person_id == tx.actor.person_id, SignIn.token_digest == digest)


def change_own_name(tx: Transaction, *, display_name: str) -> Person:
    """Change how the actor is called from now on; what they were called before is kept.

    What was composed and sealed until now keeps the name of then. Locks the account FOR NO KEY
    UPDATE. Invalid if it is the name of an office, or the present one.
    """
    require(tx.actor, Permission.CHANGE_OWN_NAME)
    check_own_name(display_name)
    person = tx.session.get_one(
        Person,
        acting_person(tx.actor),
        with_for_update={"key_share": True},
        populate_existing=True,
    )
    if display_name == person.display_name:
        raise Invalid.at("display_name", _("This is your name already."))
    rename(tx, person, display_name, reason=None)
    tx.record(person_stream(person.id), PersonRenamed(person_id=person.id))
    return person


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
    owe(tx, "password_changed", person_id=person.id, language=person.language)
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
