"""Deciding requests for correction: accepted, refused, or answered; reversible until approval.

Each command locks the minutes FOR UPDATE, and raises Conflict once they are approved.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.events import Event, FreeText
from consultazione.core.permissions import Permission, acting_person
from consultazione.minutes.corrections.pieces import put_text, replaced, text_of
from consultazione.minutes.corrections.window import require_open
from consultazione.minutes.events import (
    CorrectionAccepted,
    CorrectionAnswered,
    CorrectionReconsidered,
    CorrectionRefused,
    minutes_stream,
)
from consultazione.minutes.locking import writers_correction
from consultazione.minutes.models import CorrectionState, MinutesCorrection, Piece


def accept_correction(tx: Transaction, *, correction_id: int) -> MinutesCorrection:
    """Let the words that were asked for enter the text. Idempotent.

    Conflict if the passage does not stand there any more, or if the request is about facts or
    has been decided otherwise.
    """
    correction = writers_correction(tx, correction_id, Permission.ACCEPT_CORRECTION)
    if correction.state is CorrectionState.ACCEPTED:
        return correction
    require_open(correction)
    if correction.piece is Piece.FACT:
        raise Conflict(_("Facts come from the log and stay as they are: answer in words."))
    put_text(tx, correction, replaced(_now(tx, correction), correction.old_words,
                                      correction.new_words))  # fmt: skip
    accepted = CorrectionAccepted(minutes_id=correction.minutes_id, correction_id=correction.id)
    _decide(tx, correction, CorrectionState.ACCEPTED, accepted)
    return correction


def refuse_correction(tx: Transaction, *, correction_id: int, reason: str) -> MinutesCorrection:
    """Leave the text as it is, and say why. Conflict if the request has been decided."""
    correction = writers_correction(tx, correction_id, Permission.REFUSE_CORRECTION)
    require_open(correction)
    refused = CorrectionRefused(
        minutes_id=correction.minutes_id, correction_id=correction.id, answer=FreeText(reason)
    )
    _decide(tx, correction, CorrectionState.REFUSED, refused, answer=reason)
    return correction


def answer_correction(tx: Transaction, *, correction_id: int, answer: str) -> MinutesCorrection:
    """Answer a request about facts; request and answer stand in the minutes beside the facts.

    Conflict if it is about a text, which is accepted or refused, or if it has been decided.
    """
    correction = writers_correction(tx, correction_id, Permission.ANSWER_CORRECTION)
    require_open(correction)
    if correction.piece is not Piece.FACT:
        raise Conflict(_("This request is about a text: accept or refuse it."))
    correction.minutes.version += 1
    answered = CorrectionAnswered(
        minutes_id=correction.minutes_id, correction_id=correction.id, answer=FreeText(answer)
    )
    _decide(tx, correction, CorrectionState.ANSWERED, answered, answer=answer)
    return correction


def reconsider_correction(tx: Transaction, *, correction_id: int) -> MinutesCorrection:
    """Take a decision back: the request is open again, and the text as it was before. Idempotent.

    Conflict if the words that had entered do not stand there any more, or if whoever had asked
    has taken the request back.
    """
    correction = writers_correction(tx, correction_id, Permission.RECONSIDER_CORRECTION)
    if correction.state is CorrectionState.OPEN:
        return correction
    if correction.state is CorrectionState.WITHDRAWN:
        raise Conflict(_("Whoever had asked for it has taken this request back."))
    if correction.state is CorrectionState.ACCEPTED:
        put_text(tx, correction, _undone(_now(tx, correction), correction))
    elif correction.state is CorrectionState.ANSWERED:
        correction.minutes.version += 1
    correction.state, correction.answer = CorrectionState.OPEN, None
    correction.decided_by = correction.decided_at = None
    again = CorrectionReconsidered(minutes_id=correction.minutes_id, correction_id=correction.id)
    tx.record(minutes_stream(correction.minutes.sitting_id), again)
    return correction


def _undone(text: str, correction: MinutesCorrection) -> str:
    """The text with the old words again; Conflict unless the new ones stand there once."""
    if not correction.new_words:
        raise Conflict(
            _("Words were taken out, and nothing shows where they stood: write them in by hand.")
        )
    return replaced(text, correction.new_words, correction.old_words).strip()


def _now(tx: Transaction, correction: MinutesCorrection) -> str:
    minutes = correction.minutes
    return text_of(tx.session, minutes, correction.piece, correction.subject_id)


def _decide(
    tx: Transaction,
    correction: MinutesCorrection,
    state: CorrectionState,
    event: Event,
    *,
    answer: str | None = None,
) -> None:
    correction.state, correction.answer = state, answer
    correction.decided_by, correction.decided_at = acting_person(tx.actor), tx.now
    tx.record(minutes_stream(correction.minutes.sitting_id), event)
