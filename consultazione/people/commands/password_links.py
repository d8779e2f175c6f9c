"""A forgotten password: a link by which its owner chooses another, once, within a day.

Nobody else learns the password. For an account with power over others (`reach.needs_second`)
a second administrator must confirm the link before it counts.
"""

from __future__ import annotations

from datetime import timedelta

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotAllowed, NotFound
from consultazione.core.permissions import Permission, require
from consultazione.people.commands.accounts import end_sign_ins
from consultazione.people.commands.tokens import withdraw_tokens
from consultazione.people.credentials.new_password import NewPassword
from consultazione.people.credentials.password_links import (
    find_link,
    is_confirmed,
    why_not_confirm_link,
)
from consultazione.people.events import (
    PasswordLinkConfirmed,
    PasswordLinkMade,
    PasswordLinkUsed,
    PasswordLinkWithdrawn,
    person_stream,
)
from consultazione.people.models import PasswordLink, Person
from consultazione.people.reach import get_within_reach
from consultazione.people.secret_tokens import digest_of, new_key

VALID_FOR = timedelta(hours=24)


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
    _check_not_blocked(person)
    tx.session.execute(delete(PasswordLink).where(PasswordLink.person_id == person_id))
    secret = new_key()
    link = PasswordLink(
        token_digest=digest_of(secret),
        person_id=person_id,
        made_by=tx.actor.person_id,
        made_at=tx.now,
        expires_at=tx.now + VALID_FOR,
    )
    tx.session.add(link)
    tx.flush()
    event = PasswordLinkMade(link_id=link.id, person_id=person_id)
    tx.record(person_stream(person_id), event)
    return secret


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

    Whoever has the secret may. Locks the account, then the link FOR UPDATE, so that it serves
    once. NotFound if it was used, withdrawn or has expired; Conflict if a second administrator
    has not confirmed it; NotAllowed if the account is blocked.
    """
    require(tx.actor, Permission.USE_PASSWORD_LINK)
    found = find_link(tx.session, secret, now=tx.now)
    person = tx.session.get_one(Person, found.person_id, with_for_update={"key_share": True})
    link = find_link(tx.session, secret, now=tx.now, lock=True)
    _check_not_blocked(person)
    if not is_confirmed(tx.session, link):
        raise Conflict(_("A second administrator must confirm this link: ask who gave it to you."))
    person.password_hash = new_password.password_hash
    end_sign_ins(tx, person.id)
    withdraw_tokens(tx, person.id)
    event = PasswordLinkUsed(link_id=link.id, person_id=person.id)
    tx.record(person_stream(person.id), event)
    tx.session.delete(link)
    return person


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


def _check_not_blocked(person: Person) -> None:
    if person.blocked_at is not None:
        raise NotAllowed(_("This account is blocked: it must be unblocked first."))
