"""E-mail addresses that are confirmed by a link: the first one, and every other one."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.core.incoming.email_address import fold_address
from consultazione.core.mail.bounces import failing, forget_bounces
from consultazione.core.mail.outbox import owe
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.people.commands.accounts import confirm_identity
from consultazione.people.commands.open_links import withdraw_links
from consultazione.people.credentials.identity_proof import CHANGING_ADDRESS, IdentityProof
from consultazione.people.events import AddressChanged, AddressConfirmed, person_stream
from consultazione.people.models import AddressLink, Person
from consultazione.people.secret_tokens import digest_of, new_key

VALID_FOR = timedelta(days=3)


def ask_for_confirmation(tx: Transaction) -> None:
    """Owe the actor a mail with a further link.

    Conflict if their address is confirmed already, and mails arrive there.
    """
    require(tx.actor, Permission.ASK_FOR_CONFIRMATION)
    person = tx.session.get_one(Person, acting_person(tx.actor))
    if person.email_confirmed_at is not None and failing(tx.session, person.id) is None:
        raise Conflict(_("Your address is confirmed already."))
    owe(tx, "confirm_address", person_id=person.id, language=person.language)


def ask_to_change_address(tx: Transaction, *, proof: IdentityProof, email: str) -> None:
    """Owe a mail with a link to the address that the actor wants to have from now on.

    Until the link is used the address stays as it is. Nothing tells whether another account has the
    address: no mail is sent then. proof: for CHANGING_ADDRESS. Invalid if it is no address, or the
    present one; raises what `confirm_identity` raises.
    """
    require(tx.actor, Permission.ASK_TO_CHANGE_ADDRESS)
    person = confirm_identity(tx, proof=proof, purpose=CHANGING_ADDRESS)
    address = fold_address(email)
    if address == person.email:
        raise Invalid.at("email", _("This is your address already."))
    owe(tx, "new_address", person_id=person.id, address=address, language=person.language)


def mail_address_link(tx: Transaction, *, person_id: int, address: str) -> str:
    """Make the link that is being mailed to an address, in place of an earlier one: its secret.

    Not recorded in the log: what counts is that it is used.
    """
    require(tx.actor, Permission.MAIL_ADDRESS_LINK)
    tx.session.execute(delete(AddressLink).where(AddressLink.person_id == person_id))
    secret = new_key()
    link = AddressLink(
        token_digest=digest_of(secret),
        person_id=person_id,
        address=address,
        expires_at=tx.now + VALID_FOR,
    )
    tx.session.add(link)
    return secret


def confirm_address(tx: Transaction, *, secret: str) -> Person:
    """Confirm the address to which a link was mailed: its owner may write and vote from now on.

    If it is another one than the account has, it takes its place, the former one is told by mail,
    and open links for the password end. Either way mails go there again. Whoever has the secret
    may. Locks the account, then the link FOR UPDATE, so that it serves once. NotFound if it was
    used or has expired; NotAllowed if the account is blocked; Conflict if another account has the
    address by now.
    """
    require(tx.actor, Permission.CONFIRM_ADDRESS)
    person_id = _find_link(tx, secret).person_id
    person = tx.session.get_one(Person, person_id, with_for_update={"key_share": True})
    link = _find_link(tx, secret, lock=True)
    if person.blocked_at is not None:
        raise NotAllowed(_("This account is blocked: it must be unblocked first."))
    tx.session.delete(link)
    forget_bounces(tx.session, person.id)
    if person.email != link.address:
        _move(tx, person, link.address)
    elif person.email_confirmed_at is None:
        tx.record(person_stream(person.id), AddressConfirmed(person_id=person.id))
    person.email_confirmed_at = person.email_confirmed_at or tx.now
    return person


def _find_link(tx: Transaction, secret: str, *, lock: bool = False) -> AddressLink:
    this = AddressLink.token_digest == digest_of(secret), AddressLink.expires_at > tx.now
    query = select(AddressLink).where(*this).execution_options(populate_existing=True)
    link = tx.session.scalar(query.with_for_update() if lock else query)
    if link is None:
        raise NotFound(_("This link was used, or its time is over: ask for another."))
    return link


def _move(tx: Transaction, person: Person, address: str) -> None:
    """Give a locked account another address."""
    former = person.email
    try:
        with tx.session.begin_nested():
            person.email = address
            tx.flush()
    except IntegrityError as error:
        raise Conflict(_("Another account has this address by now.")) from error
    withdraw_links(tx, person.id)
    tx.record(person_stream(person.id), AddressChanged(person_id=person.id))
    language = person.language
    owe(tx, "address_changed", person_id=person.id, address=former, language=language)
