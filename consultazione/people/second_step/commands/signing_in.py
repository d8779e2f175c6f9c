"""Signing in by the second of two steps, or by a passkey alone. Neither is recorded in the log."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotAllowed
from consultazione.core.permissions import Permission, require
from consultazione.people.commands.accounts import check_may_enter, start_sign_in
from consultazione.people.models import Person, SignedInBy
from consultazione.people.passkeys.ceremony import Used
from consultazione.people.passkeys.models import Passkey
from consultazione.people.passkeys.uses import note_use
from consultazione.people.second_step.first_step import FirstStep
from consultazione.people.second_step.proofs import SecondProof, spend


def finish_sign_in(tx: Transaction, *, first: FirstStep, second: SecondProof, device: str) -> str:
    """Sign a browser in whose person has done both steps; returns its key, as `sign_in` does.

    Locks the account FOR NO KEY UPDATE, then the second step. Conflict if the password has changed
    since the first step, or the second is used up; NotAllowed as in `check_may_enter`.
    """
    require(tx.actor, Permission.FINISH_SIGN_IN)
    person = _locked(tx, first.person_id)
    if person is None or not first.holds_for(person):
        raise Conflict(_("Your password has changed meanwhile: sign in anew."))
    check_may_enter(person)
    by = spend(tx, second, person.id)
    return start_sign_in(tx, person_id=person.id, device=device, by=by)


def sign_in_by_passkey(tx: Transaction, *, used: Used, asked_at: datetime, device: str) -> str:
    """Sign a browser in by a passkey that asked for finger, face or PIN; returns its key.

    asked_at: when the page was made whose challenge was signed. Locks the passkey FOR UPDATE, then
    the account. Conflict if the passkey was used since, so that an answer counts once;
    NotAllowed as in `check_may_enter`.
    """
    require(tx.actor, Permission.SIGN_IN_BY_PASSKEY)
    passkey = tx.session.get(Passkey, used.passkey_id, with_for_update=True, populate_existing=True)
    if passkey is None or (passkey.used_at is not None and passkey.used_at >= asked_at):
        raise Conflict(_("This passkey cannot be used any more: use it once more, or another."))
    note_use(tx, used, person_id=passkey.person_id)
    person = _locked(tx, passkey.person_id)
    if person is None:
        raise NotAllowed(_("There is no such account."))
    check_may_enter(person)
    return start_sign_in(tx, person_id=person.id, device=device, by=SignedInBy.PASSKEY)


def _locked(tx: Transaction, person_id: int) -> Person | None:
    lock = {"key_share": True}
    return tx.session.get(Person, person_id, with_for_update=lock, populate_existing=True)
