"""A lost second step: a link by which an administrator lets its person go on without it, once.

As for a forgotten password: good for a day, and for an account with power over others a second
administrator confirms it, by `confirm_password_link`. Whoever opens it types the password besides.
"""

from __future__ import annotations

from datetime import timedelta

from flask_babel import lazy_gettext as _
from sqlalchemy import delete

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.mail.outbox import owe
from consultazione.core.permissions import Permission, require
from consultazione.people.commands.accounts import end_sign_ins
from consultazione.people.commands.tokens import withdraw_tokens
from consultazione.people.credentials.identity_proof import IdentityProof
from consultazione.people.credentials.password_links import (
    check_not_blocked,
    find_link,
    is_confirmed,
)
from consultazione.people.events import person_stream
from consultazione.people.models import PasswordLink, Person, Resets
from consultazione.people.reach import get_within_reach
from consultazione.people.second_step.events import SecondStepLinkMade, SecondStepLinkUsed
from consultazione.people.second_step.forgetting import forget_second_step
from consultazione.people.second_step.queries import second_step_of
from consultazione.people.secret_tokens import digest_of, new_key

VALID_FOR = timedelta(hours=24)
RESETTING = "go on without the second step"


def make_second_step_link(tx: Transaction, *, zone_id: int | None, person_id: int) -> str:
    """Make a link for a person, in place of an earlier one, and return its secret.

    zone_id: None if the platform makes it. The secret is never shown again. Locks the account FOR
    NO KEY UPDATE. Conflict for one's own account, or one without a second step; raises what
    `get_within_reach` raises.
    """
    require(tx.actor, Permission.MAKE_SECOND_STEP_LINK, zone_id=zone_id)
    if person_id == tx.actor.person_id:
        raise Conflict(_("Change your own second step on the page of your profile."))
    person = get_within_reach(tx, person_id, zone_id)
    check_not_blocked(person)
    if second_step_of(tx.session, person_id) is None:
        raise Conflict(_("This person signs in by their password alone."))
    earlier = delete(PasswordLink).filter_by(
        person_id=person_id, mailed=False, resets=Resets.SECOND_STEP
    )
    tx.session.execute(earlier)
    secret = new_key()
    link = PasswordLink(
        token_digest=digest_of(secret),
        person_id=person_id,
        made_by=tx.actor.person_id,
        made_at=tx.now,
        expires_at=tx.now + VALID_FOR,
        mailed=False,
        resets=Resets.SECOND_STEP,
    )
    tx.session.add(link)
    tx.flush()
    event = SecondStepLinkMade(link_id=link.id, person_id=person_id)
    tx.record(person_stream(person_id), event)
    return secret


def use_second_step_link(tx: Transaction, *, secret: str, proof: IdentityProof) -> Person:
    """Take the second step off the account of a link; its sign-ins and API tokens end.

    proof: of its password, for RESETTING. Locks the account, then the link FOR UPDATE, so that it
    serves once. NotFound if it was used, withdrawn or has expired; Conflict if a second
    administrator has not confirmed it; NotAllowed if the account is blocked.
    """
    require(tx.actor, Permission.USE_SECOND_STEP_LINK)
    found = find_link(tx.session, secret, now=tx.now, resets=Resets.SECOND_STEP)
    lock = {"key_share": True}
    person = tx.session.get(Person, found.person_id, with_for_update=lock, populate_existing=True)
    proved = proof.use(person, purpose=RESETTING, now=tx.now)
    link = find_link(tx.session, secret, now=tx.now, lock=True, resets=Resets.SECOND_STEP)
    check_not_blocked(proved)
    if not is_confirmed(tx.session, link):
        raise Conflict(_("A second administrator must confirm this link: ask who gave it to you."))
    forget_second_step(tx, proved.id)
    end_sign_ins(tx, proved.id)
    withdraw_tokens(tx, proved.id)
    event = SecondStepLinkUsed(link_id=link.id, person_id=proved.id)
    tx.record(person_stream(proved.id), event)
    owe(tx, "second_step_changed", person_id=proved.id, language=proved.language)
    tx.session.delete(link)
    return proved
