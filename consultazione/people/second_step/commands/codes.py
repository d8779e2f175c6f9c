"""Turning one's own second step on and off, and getting other recovery codes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import delete

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.mail.outbox import owe
from consultazione.core.permissions import Permission, require
from consultazione.people.commands.accounts import confirm_identity, sign_out_elsewhere
from consultazione.people.credentials.identity_proof import IdentityProof
from consultazione.people.events import person_stream
from consultazione.people.models import Person, SignedInBy, SignIn
from consultazione.people.passkeys.queries import passkeys_of
from consultazione.people.second_step.codes import new_recovery_codes, recovery_digest
from consultazione.people.second_step.enrolling import NewApp
from consultazione.people.second_step.events import (
    RecoveryCodesRenewed,
    SecondStepTurnedOff,
    SecondStepTurnedOn,
)
from consultazione.people.second_step.forgetting import forget_second_step
from consultazione.people.second_step.models import RecoveryCode, SecondStep
from consultazione.people.second_step.proofs import SecondProof, spend
from consultazione.people.secret_tokens import digest_of

CHANGING = "change the second step"


def turn_on_second_step(
    tx: Transaction, *, proof: IdentityProof, app: NewApp | None, key: str
) -> list[str]:
    """Let the actor sign in by two steps from now on; returns their recovery codes, once.

    proof: of the password, for CHANGING. app: whose code was just right; None to be asked for a
    passkey. key: of this browser, whose sign-in counts as one by two steps; the others end.
    Conflict if it is on already, or there is no passkey; raises what `confirm_identity` raises.
    """
    require(tx.actor, Permission.TURN_ON_SECOND_STEP)
    person = confirm_identity(tx, proof=proof, purpose=CHANGING)
    if tx.session.get(SecondStep, person.id, with_for_update=True) is not None:
        raise Conflict(_("You have a second step already: turn it off first."))
    if app is None and not passkeys_of(tx.session, person.id):
        raise Conflict(_("You have no passkey yet: add one first."))
    sealed = app.sealed if app else None
    step = app.step if app else 0
    tx.session.add(SecondStep(person_id=person.id, secret=sealed, used_step=step, since=tx.now))
    by = SignedInBy.PASSWORD_AND_CODE if app else SignedInBy.PASSWORD_AND_PASSKEY
    sign_out_elsewhere(tx, key=key)
    row = tx.session.get(SignIn, digest_of(key))
    if row is not None and row.by is SignedInBy.PASSWORD and app is not None:
        row.by = by
    event = SecondStepTurnedOn(person_id=person.id, by_app=app is not None)
    tx.record(person_stream(person.id), event)
    _tell(tx, person)
    return _give_codes(tx, person.id)


def turn_off_second_step(tx: Transaction, *, proof: IdentityProof, second: SecondProof) -> None:
    """Let the actor sign in by their password alone again; their recovery codes go.

    proof: of the password, for CHANGING; second: of a code or a passkey. Raises what
    `confirm_identity` and `spend` raise.
    """
    require(tx.actor, Permission.TURN_OFF_SECOND_STEP)
    person = confirm_identity(tx, proof=proof, purpose=CHANGING)
    spend(tx, second, person.id)
    forget_second_step(tx, person.id)
    tx.record(person_stream(person.id), SecondStepTurnedOff(person_id=person.id))
    _tell(tx, person)


def renew_recovery_codes(
    tx: Transaction, *, proof: IdentityProof, second: SecondProof
) -> list[str]:
    """Give the actor other recovery codes, shown once; those of before do not count any more.

    The proofs are those of `turn_off_second_step`.
    """
    require(tx.actor, Permission.RENEW_RECOVERY_CODES)
    person = confirm_identity(tx, proof=proof, purpose=CHANGING)
    spend(tx, second, person.id)
    tx.session.execute(delete(RecoveryCode).filter_by(person_id=person.id))
    tx.record(person_stream(person.id), RecoveryCodesRenewed(person_id=person.id))
    return _give_codes(tx, person.id)


def _give_codes(tx: Transaction, person_id: int) -> list[str]:
    codes = new_recovery_codes()
    rows = (RecoveryCode(digest=recovery_digest(code), person_id=person_id) for code in codes)
    tx.session.add_all(rows)
    return codes


def _tell(tx: Transaction, person: Person) -> None:
    owe(tx, "second_step_changed", person_id=person.id, language=person.language)
