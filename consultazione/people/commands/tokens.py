"""API tokens: a program presents one to use REST in a person's name."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid, NotAllowed, NotFound
from consultazione.core.permissions import Permission, require
from consultazione.core.scopes import ALL_SCOPES, Scope
from consultazione.people.events import TokenCreated, TokenDeleted, person_stream
from consultazione.people.models import ApiToken
from consultazione.people.secret_tokens import digest_of, new_key

MOST_DAYS = 365
USUAL_DAYS = 90
_DAYS = {"least": 1, "most": MOST_DAYS}


def create_token(
    tx: Transaction,
    *,
    person_id: int,
    label: str,
    scopes: Collection[Scope] = ALL_SCOPES,
    days: int = USUAL_DAYS,
) -> str:
    """Issue an API token and return its secret, which is never shown again.

    days: after which it expires. Invalid if they are not from 1 to MOST_DAYS, or if there is no
    scope; NotAllowed if the token is for somebody else, unless the platform itself acts.
    """
    require(tx.actor, Permission.CREATE_TOKEN)
    if not tx.actor.is_system and person_id != tx.actor.person_id:
        raise NotAllowed(_("Everybody makes their own keys only."))
    if not scopes:
        raise Invalid.at("scopes", _("Choose what the key is good for."))
    if not 1 <= days <= MOST_DAYS:
        raise Invalid.at("days", _("Write a number from %(least)s to %(most)s.", **_DAYS))
    key = new_key()
    token = ApiToken(
        token_digest=digest_of(key),
        person_id=person_id,
        label=label,
        scopes=[scope.value for scope in Scope if scope in scopes],
        created_at=tx.now,
        expires_at=tx.now + timedelta(days=days),
    )
    tx.session.add(token)
    tx.flush()
    tx.record(person_stream(person_id), TokenCreated(token_id=token.id, person_id=person_id))
    return key


def delete_token(tx: Transaction, *, token_id: int) -> None:
    """Withdraw one of the actor's API tokens.

    Locks the token FOR UPDATE. NotFound if the actor has no such token.
    """
    token = tx.session.get(ApiToken, token_id, with_for_update=True)
    require(tx.actor, Permission.DELETE_TOKEN)
    if token is None or token.person_id != tx.actor.person_id:
        raise NotFound(_("You have no such key: it may be withdrawn already."))
    _withdraw(tx, token)


def withdraw_tokens(tx: Transaction, person_id: int) -> None:
    """Withdraw all API tokens of a person. Idempotent; checks no permission."""
    for token in tx.session.scalars(select(ApiToken).filter_by(person_id=person_id)):
        _withdraw(tx, token)


def _withdraw(tx: Transaction, token: ApiToken) -> None:
    tx.session.delete(token)
    tx.record(
        person_stream(token.person_id), TokenDeleted(token_id=token.id, person_id=token.person_id)
    )
