"""A forgotten password: a link by which its owner chooses another, once.

Nobody else learns the password. Whoever asks for a link gets it at the address of the account, and
it is good for an hour. One that an administrator makes is good for a day: for an account with power
over others (`reach.needs_second`) a second administrator must confirm it before it counts.
"""

from __future__ import annotations

from datetime import timedelta

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotFound
from consultazione.core.incoming.email_address import fold_address
from consultazione.core.mail.outbox import owe
from consultazione.core.permissions import Permission, require
from consultazione.people.commands.accounts import end_sign_ins
from consultazione.people.commands.open_links import withdraw_links
from consultazione.people.commands.tokens import withdraw_tokens
from consultazione.people.credentials.new_password import NewPassword
from consultazione.people.credentials.password_links import (
    check_not_blocked,
    find_link,
    is_confirmed,
    why_not_confirm_link,
)
from consultazione.people.events import (
    AddressConfirmed,
    PasswordLinkConfirmed,
    PasswordLinkMade,
    PasswordLinkUsed,
    PasswordLinkWithdrawn,
    person_stream,
)
from consultazione.people.gateway.linking import unlink
from consultazione.people.models import PasswordLink, Person, Resets
from consultazione.people.queries import find_person
from consultazione.people.reach import get_within_reach
from consultazione.people.second_step.events import SecondStepTurnedOff
from consultazione.people.second_step.forgetting import forget_second_step
from consultazione.people.second_step.queries import second_step_of
from consultazione.people.secret_tokens import digest_of, new_key

VALID_FOR = timedelta(hours=24)
MAILED_VALID_FOR = timedelta(hours=1)


def ask_for_password_link(tx: Transaction, *, email: str, language: str = "it") -> None:
    """Owe a mail with a link to an address, whether or not there is an account with it.

    Nothing is looked up, so that neither the answer nor its time tells which; the log has the link
    once it is made. Invalid if it is no address.
    """
    require(tx.actor, Permission.ASK_FOR_PASSWORD_LINK)
    owe(tx, "password_link", address=fold_address(email), language=language)


def mail_password_link(tx: Transaction, *, email: str) -> tuple[Person, str] | None:
    """Make the link that is being mailed to an address, in place of an earlier one.

    Returns its person and its secret; None if there is no account with it, or it is blocked.
    """
    require(tx.actor, Permission.MAIL_PASSWORD_LINK)
    person = find_person(tx.session, email)
    if person is None or person.blocked_at is not None:
        return None
    return person, _make(tx, person.id, valid_for=MAILED_VALID_FOR, mailed=True)


def make_password_link(tx: Transaction, *, zone_id: int | None, person_id: int) -> str:
    """Make a link for a person, in place of an earlier one, and return its secret.

    zone_id: None if the platform makes it, for whoever runs the machine, whatever the zone. The
    secret is never shown again. Locks the account FOR UPDATE. Conflict for one's own
    account; NotAllowed if it is blocked; raises what `get_within_reach` raises.
    """
    require(tx.actor, Permission.MAKE_PASSWORD_LINK, zone_id=zone_id)
    if person_id == tx.actor.person_id:
        raise Conflict(_("Change your own password on the page of your profile."))
    person = get_within_reach(tx, person_id, zone_id)
    check_not_blocked(person)
    return _make(tx, person_id, valid_for=VALID_FOR, mailed=False)


def confirm_password_link(tx: Transaction, *, zone_id: int, link_id: int) -> PasswordLink:
    """Confirm a link that another administrator made.

    Locks its account, then the link FOR UPDATE. NotFound if it is used up; Conflict unless
    the actor is a second person (`why_not_confirm_link`).
    """
    require(tx.actor, Permission.CONFIRM_PASSWORD_LINK, zone_id=zone_id)
    link = _get(tx, link_id, zone_id)
    refused = why_not_confirm_link(tx.session, link, tx.actor.person_id, zone_id=zone_id)
    if refused is not None:
        raise Conflict(refused)
    link.confirmed_by = tx.actor.person_id
    event = PasswordLinkConfirmed(link_id=link.id, person_id=link.person_id)
    tx.record(person_stream(link.person_id), event)
    return link


def withdraw_password_link(tx: Transaction, *, zone_id: int, link_id: int) -> None:
    """Withdraw a link. Locks its account, then it FOR UPDATE; NotFound if it is used up."""
    require(tx.actor, Permission.WITHDRAW_PASSWORD_LINK, zone_id=zone_id)
    link = _get(tx, link_id, zone_id)
    event = PasswordLinkWithdrawn(link_id=link.id, person_id=link.person_id)
    tx.record(person_stream(link.person_id), event)
    tx.session.delete(link)


def use_password_link(tx: Transaction, *, secret: str, new_password: NewPassword) -> Person:
    """Give the account of a link another password; its sign-ins and API tokens end.

    A link that was mailed confirms the address too, since whoever has it reads its mail.
    Whoever has the secret may. Locks the account, then the link FOR UPDATE, so that it serves
    once. NotFound if it was used, withdrawn or has expired; Conflict if a second administrator
    has not confirmed it; NotAllowed if the account is blocked.
    """
    require(tx.actor, Permission.USE_PASSWORD_LINK)
    found = find_link(tx.session, secret, now=tx.now)
    person = tx.session.get_one(Person, found.person_id, with_for_update={"key_share": True})
    link = find_link(tx.session, secret, now=tx.now, lock=True)
    check_not_blocked(person)
    if not is_confirmed(tx.session, link):
        raise Conflict(_("A second administrator must confirm this link: ask who gave it to you."))
    person.password_hash = new_password.password_hash
    if link.mailed and person.email_confirmed_at is None:
        person.email_confirmed_at = tx.now
        tx.record(person_stream(person.id), AddressConfirmed(person_id=person.id))
        _let_go_of_a_stranger(tx, person)
    end_sign_ins(tx, person.id)
    withdraw_tokens(tx, person.id)
    event = PasswordLinkUsed(link_id=link.id, person_id=person.id)
    tx.record(person_stream(person.id), event)
    owe(tx, "password_changed", person_id=person.id, language=person.language)
    tx.session.delete(link)
    tx.flush()
    withdraw_links(tx, person.id)
    return person


def _let_go_of_a_stranger(tx: Transaction, person: Person) -> None:
    """Whoever opened the account with this address may not have been its owner.

    So nothing of theirs lets them in from now on, or keeps the owner out.
    """
    unlink(tx, person.id)
    if second_step_of(tx.session, person.id) is not None:
        forget_second_step(tx, person.id)
        tx.record(person_stream(person.id), SecondStepTurnedOff(person_id=person.id))


def _make(tx: Transaction, person_id: int, *, valid_for: timedelta, mailed: bool) -> str:
    earlier = (
        PasswordLink.person_id == person_id,
        PasswordLink.mailed.is_(mailed),
        PasswordLink.resets == Resets.PASSWORD,
    )
    tx.session.execute(delete(PasswordLink).where(*earlier))
    secret = new_key()
    link = PasswordLink(
        token_digest=digest_of(secret),
        person_id=person_id,
        made_by=tx.actor.person_id,
        made_at=tx.now,
        expires_at=tx.now + valid_for,
        mailed=mailed,
    )
    tx.session.add(link)
    tx.flush()
    event = PasswordLinkMade(link_id=link.id, person_id=person_id)
    tx.record(person_stream(person_id), event)
    return secret


def _get(tx: Transaction, link_id: int, zone_id: int) -> PasswordLink:
    """A link, locked after its account as everywhere, so that nobody waits in a circle."""
    this = PasswordLink.id == link_id
    person_id = tx.session.scalar(select(PasswordLink.person_id).where(this))
    if person_id is not None:
        get_within_reach(tx, person_id, zone_id)
    link = tx.session.scalar(select(PasswordLink).where(this).with_for_update())
    if link is None:
        raise NotFound(_("This link was used or withdrawn."))
    return link
