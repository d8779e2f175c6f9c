"""A union's answer to an outcome: sign, sign with a note, or decline with a reason.

Each command locks the outcome FOR UPDATE, then the actor, then their mandate FOR SHARE, so that no
answer follows the end of the mandate, and closes the outcome if its rule is met. All raise
NotFound if there is no such outcome; NotAllowed if the union is not asked, the actor holds no
valid mandate for it, or holds an office in the zone or led the table that made the outcome;
Conflict if it has answered, the sign-off is over or its deadline has passed, or the digest is not
that of the document; Invalid if the proof fails. A union may answer single conclusions in another
way than the rest (`otherwise`): Invalid for one that is not in the outcome, or that lacks the note
or the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound, Sentence
from consultazione.core.events import Event, FreeText
from consultazione.core.permissions import Permission, require
from consultazione.documents.signatures import DEFAULT, METHODS
from consultazione.documents.signatures.keeping import keep_signature
from consultazione.outcomes.closing import close_if_met
from consultazione.outcomes.commands.ending import is_past
from consultazione.outcomes.events import (
    OutcomeDeclined,
    OutcomeItemAnswered,
    OutcomeSigned,
    OutcomeSignedWithNote,
    outcome_stream,
)
from consultazione.outcomes.models import Answer, ItemAnswer, Outcome, OutcomeState, Party
from consultazione.outcomes.parties import mandate_for


@dataclass(frozen=True, kw_only=True)
class Signature:
    """What identifies an answer: the outcome, the union, and the proof of who answers.

    digest: SHA-256 (hex) of the document that was shown. proof: what the signing method has
    made of what the person gave, before the outcome is locked.
    """

    outcome_id: int
    organisation_id: int
    digest: str
    proof: Any
    method: str = DEFAULT


@dataclass(frozen=True, kw_only=True)
class Otherwise:
    """An answer to one conclusion that is not the answer to the rest; note: "" on a signature."""

    item_id: int
    answer: Answer
    note: str = ""


def sign_outcome(
    tx: Transaction, *, signature: Signature, otherwise: Sequence[Otherwise] = ()
) -> Party:
    """Sign an outcome for a union."""
    outcome = _locked(tx, signature, Permission.SIGN_OUTCOME)
    given = _Given(Answer.SIGNED, None, otherwise)
    return _answer(tx, outcome, signature, given, OutcomeSigned)


def sign_outcome_with_note(
    tx: Transaction, *, signature: Signature, note: str, otherwise: Sequence[Otherwise] = ()
) -> Party:
    """Sign an outcome with a note on the record (*nota a verbale*), which must not be empty."""
    outcome = _locked(tx, signature, Permission.SIGN_OUTCOME_WITH_NOTE)
    _check_note(note, _("Write the note that goes on the record, or sign without one."))
    event = partial(OutcomeSignedWithNote, note=FreeText(note))
    given = _Given(Answer.SIGNED_WITH_NOTE, note, otherwise)
    return _answer(tx, outcome, signature, given, event)


def decline_outcome(
    tx: Transaction, *, signature: Signature, reason: str, otherwise: Sequence[Otherwise] = ()
) -> Party:
    """Decline to sign an outcome, with a reason, which must not be empty."""
    outcome = _locked(tx, signature, Permission.DECLINE_OUTCOME)
    _check_note(reason, _("Write why the organisation does not sign."))
    event = partial(OutcomeDeclined, reason=FreeText(reason))
    return _answer(tx, outcome, signature, _Given(Answer.DECLINED, reason, otherwise), event)


@dataclass(frozen=True)
class _Given:
    """The answer to the whole, its note or reason, and the answers that differ from it."""

    answer: Answer
    note: str | None
    otherwise: Sequence[Otherwise]


def _locked(tx: Transaction, signature: Signature, permission: Permission) -> Outcome:
    """The outcome, locked FOR UPDATE, so that concurrent answers are taken one by one."""
    outcome = tx.session.get(Outcome, signature.outcome_id, with_for_update={"of": Outcome})
    if outcome is None:
        raise NotFound(_("There is no such outcome."))
    table = outcome.minutes.sitting.table
    require(tx.actor, permission, zone_id=table.zone_id, table_id=table.id)
    return outcome


def _answer(
    tx: Transaction,
    outcome: Outcome,
    signature: Signature,
    given: _Given,
    event: Callable[..., Event],
) -> Party:
    """Check and store the answer, record its events, and close the outcome if its rule is met."""
    party = _open_party(tx, outcome, signature)
    _check_otherwise(outcome, given.otherwise)
    mandate = mandate_for(tx, outcome, signature.organisation_id)
    _check_method(signature.method, given)
    kept = keep_signature(
        tx, digest=signature.digest, method=signature.method, proof=signature.proof
    )
    party.signature_id = kept.id
    party.answer, party.note, party.mandate_id = given.answer, given.note, mandate.id
    party.digest, party.method, party.answered_at = signature.digest, signature.method, tx.now
    answered = event(
        outcome_id=outcome.id,
        organisation_id=party.organisation_id,
        mandate_id=mandate.id,
        digest=signature.digest,
        method=signature.method,
        signature_id=kept.id,
        certificate=kept.report.get("fingerprint"),
        chain=kept.report.get("chain"),
    )
    tx.record(outcome_stream(outcome.id), answered)
    for one in given.otherwise:
        _answer_item(tx, party, one)
    close_if_met(tx, outcome)
    return party


def _answer_item(tx: Transaction, party: Party, one: Otherwise) -> None:
    note = one.note or None
    answer = ItemAnswer(
        item_id=one.item_id, outcome_id=party.outcome_id, answer=one.answer, note=note
    )
    party.otherwise.append(answer)
    answered = OutcomeItemAnswered(
        outcome_id=party.outcome_id,
        organisation_id=party.organisation_id,
        item_id=one.item_id,
        answer=one.answer,
        note=FreeText(note) if note else None,
    )
    tx.record(outcome_stream(party.outcome_id), answered)


def _open_party(tx: Transaction, outcome: Outcome, signature: Signature) -> Party:
    """The party that answers, if it may still answer the document with this digest."""
    party = tx.session.get(Party, (outcome.id, signature.organisation_id))
    if party is None:
        raise NotAllowed(_("This organisation is not asked to answer this outcome."))
    if party.answer is Answer.SILENT or is_past(outcome.due_on, tx.today):
        raise Conflict(_("The deadline has passed: the outcome can no longer be answered."))
    if party.answer is not None:
        raise Conflict(_("Your organisation has answered already, and its answer stands."))
    if outcome.state is OutcomeState.CLOSED:
        raise Conflict(_("The sign-off of this outcome is over."))
    if signature.digest != outcome.digest:
        raise Conflict(_("This is not the document that you were shown: read it again."))
    return party


def _check_otherwise(outcome: Outcome, otherwise: Sequence[Otherwise]) -> None:
    """Invalid unless each is for another conclusion of the outcome, with the note that it needs."""
    items = [item.id for item in outcome.items]
    for one in otherwise:
        if one.item_id not in items or one.answer is Answer.SILENT:
            raise Invalid.at("", _("Answer conclusions of this outcome, each of them once."))
        items.remove(one.item_id)
        if one.answer is not Answer.SIGNED and not one.note.strip():
            raise Invalid.at(f"note_{one.item_id}", _("Write the note or the reason."))


def _check_method(method: str, given: _Given) -> None:
    """Invalid for a refusal signed in a way that signs the text itself."""
    answers = {given.answer, *(one.answer for one in given.otherwise)}
    if METHODS[method].signs_text and Answer.DECLINED in answers:
        raise Invalid.at(
            "method",
            _(
                "Who signs the file signs the whole document: to decline it, or parts of it, "
                "choose another way."
            ),
        )


def _check_note(note: str, missing: Sentence) -> None:
    if not note.strip():
        raise Invalid.at("note", missing)
