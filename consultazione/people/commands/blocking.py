"""Accounts that nobody gets in with for a while: what they did stays as it is."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.people.administrators import lock_administrators
from consultazione.people.commands.accounts import end_sign_ins
from consultazione.people.commands.open_links import withdraw_links
from consultazione.people.commands.tokens import withdraw_tokens
from consultazione.people.events import PersonBlocked, PersonUnblocked, person_stream
from consultazione.people.models import Person
from consultazione.people.reach import get_within_reach


def block_person(tx: Transaction, *, zone_id: int, person_id: int, reason: str) -> Person:
    """Let nobody in with an account: its sign-ins, connections and API tokens end at once.

    Locks the zone's administrators, then the account, FOR UPDATE: of two who block each other
    one is refused, so that an administrator always stays. Open links for its password are
    withdrawn. Conflict for one's own account, or if it is blocked already; raises what
    `get_within_reach` and `lock_administrators` raise.
    """
    require(tx.actor, Permission.BLOCK_PERSON, zone_id=zone_id)
    if person_id == tx.actor.person_id:
        raise Conflict(_("Nobody blocks their own account: ask another administrator."))
    lock_administrators(tx, zone_id)
    person = get_within_reach(tx, person_id, zone_id)
    if person.blocked_at is not None:
        raise Conflict(_("This account is blocked already."))
    person.blocked_at, person.blocked_reason = tx.now, reason
    end_sign_ins(tx, person.id)
    withdraw_tokens(tx, person.id)
    withdraw_links(tx, person.id)
    event = PersonBlocked(person_id=person.id, reason=FreeText(reason))
    tx.record(person_stream(person.id), event)
    return person


def unblock_person(tx: Transaction, *, zone_id: int, person_id: int) -> Person:
    """Let a person in again, with the password of before.

    Locks the account FOR UPDATE. Conflict if it is not blocked; raises what `get_within_reach`
    raises.
    """
    require(tx.actor, Permission.UNBLOCK_PERSON, zone_id=zone_id)
    person = get_within_reach(tx, person_id, zone_id)
    if person.blocked_at is None:
        raise Conflict(_("This account is not blocked."))
    person.blocked_at = person.blocked_reason = None
    tx.record(person_stream(person.id), PersonUnblocked(person_id=person.id))
    return person
