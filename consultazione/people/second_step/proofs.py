"""Proofs of the second step: that a person has their app, or a recovery code, at this moment.

A code is compared before a transaction begins, where a wrong one is counted; what it was right
for is an object inside the process, which the transaction spends once under a lock.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consultazione.core import clock
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.people.events import person_stream
from consultazione.people.models import SignedInBy
from consultazione.people.passkeys.ceremony import Known, Used, used
from consultazione.people.passkeys.queries import known_passkeys
from consultazione.people.passkeys.uses import note_use
from consultazione.people.second_step.codes import is_of_an_app, recovery_digest, step_of_code
from consultazione.people.second_step.events import RecoveryCodeUsed
from consultazione.people.second_step.models import RecoveryCode, SecondStep
from consultazione.people.second_step.sealing import seal, unseal


@dataclass(frozen=True)
class Enrolled:
    """What a person's second step is compared with, as a short reading found it.

    codes: the digests of their unused recovery codes.
    """

    person_id: int
    sealed: bytes | None = field(repr=False)
    used_step: int
    codes: frozenset[bytes] = field(repr=False)
    passkeys: tuple[Known, ...] = ()


@dataclass(frozen=True)
class CodeProof:
    """That a code of somebody's app was right. sealed: the app's secret, under the present key."""

    person_id: int
    step: int
    sealed: bytes = field(repr=False)


@dataclass(frozen=True)
class RecoveryProof:
    """That somebody has a recovery code of theirs."""

    person_id: int
    digest: bytes = field(repr=False)


@dataclass(frozen=True)
class PasskeyStep:
    """That a passkey of somebody's signed for this sign-in."""

    person_id: int
    used: Used


SecondProof = CodeProof | RecoveryProof | PasskeyStep


def enrolled_of(session: Session, person_id: int) -> Enrolled | None:
    """What a person's second step is compared with; None if they have none."""
    row = session.get(SecondStep, person_id)
    if row is None:
        return None
    codes = session.scalars(select(RecoveryCode.digest).filter_by(person_id=person_id))
    known = known_passkeys(session, person_id)
    return Enrolled(person_id, row.secret, row.used_step, frozenset(codes), tuple(known))


def prove_by_code(
    enrolled: Enrolled | None, typed: str, *, keys: Sequence[str], at_the_front: Callable[[], None]
) -> SecondProof:
    """The proof of a code of the app, or of a recovery code; Invalid on `code` if it is neither."""
    at_the_front()
    proof = _proof(enrolled, typed, keys) if enrolled else None
    if proof is None:
        raise Invalid.at(
            "code",
            _("This code is not right, or was used: type the one that your app shows now."),
        )
    return proof


def prove_by_app(
    enrolled: Enrolled | None, typed: str, *, keys: Sequence[str], at_the_front: Callable[[], None]
) -> SecondProof:
    """The same of a code of the app alone: recovery codes are for getting in."""
    return prove_by_code(
        enrolled, typed if is_of_an_app(typed) else "0", keys=keys, at_the_front=at_the_front
    )


def prove_by_passkey(
    enrolled: Enrolled | None,
    assertion: str,
    *,
    word: str,
    origin: str,
    keys: Sequence[str],
    at_the_front: Callable[[], None],
) -> PasskeyStep:
    """The proof of one of the person's passkeys; Invalid on `assertion` if none signed that."""
    at_the_front()
    known = enrolled.passkeys if enrolled else ()
    subject = passkey_subject(enrolled.person_id if enrolled else 0)
    found = used(known, assertion, word=word, subject=subject, origin=origin, keys=keys)
    return PasskeyStep(enrolled.person_id if enrolled else 0, found)


def passkey_subject(person_id: int) -> str:
    """What a passkey signs for the second step of a person."""
    return f"second step of {person_id}"


def spend(tx: Transaction, proof: SecondProof, person_id: int) -> SignedInBy:
    """Spend a person's proof, and say by what it was; Conflict if it is used up or not theirs.

    Locks the row of their second step FOR UPDATE, so that a code counts once.
    """
    row = tx.session.get(SecondStep, person_id, with_for_update=True, populate_existing=True)
    if row is None or proof.person_id != person_id:
        raise _spent()
    if isinstance(proof, PasskeyStep):
        note_use(tx, proof.used, person_id=person_id)
        return SignedInBy.PASSWORD_AND_PASSKEY
    if isinstance(proof, RecoveryProof):
        return _spend_recovery_code(tx, proof)
    if row.used_step >= proof.step:
        raise _spent()
    row.used_step = proof.step
    # So that an earlier key can be put away some day.
    row.secret = proof.sealed
    return SignedInBy.PASSWORD_AND_CODE


def _spend_recovery_code(tx: Transaction, proof: RecoveryProof) -> SignedInBy:
    query = delete(RecoveryCode).filter_by(digest=proof.digest, person_id=proof.person_id)
    if tx.session.scalar(query.returning(RecoveryCode.person_id)) is None:
        raise _spent()
    event = RecoveryCodeUsed(person_id=proof.person_id)
    tx.record(person_stream(proof.person_id), event)
    return SignedInBy.PASSWORD_AND_RECOVERY


def _proof(enrolled: Enrolled, typed: str, keys: Sequence[str]) -> SecondProof | None:
    if not is_of_an_app(typed):
        digest = recovery_digest(typed)
        return RecoveryProof(enrolled.person_id, digest) if digest in enrolled.codes else None
    secret = unseal(enrolled.sealed, enrolled.person_id, keys) if enrolled.sealed else None
    if secret is None:
        return None
    step = step_of_code(secret, typed, now=clock.now(), after=enrolled.used_step)
    if step is None:
        return None
    return CodeProof(enrolled.person_id, step, seal(secret, enrolled.person_id, keys[-1]))


def _spent() -> Conflict:
    return Conflict(_("This code was used a moment ago: wait for the next one of your app."))
