"""Asking for a correction of a draft, and taking the request back."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotAllowed
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, acting_person
from consultazione.minutes.corrections.pieces import stands_once, text_of
from consultazione.minutes.corrections.window import require_may_ask, require_open
from consultazione.minutes.events import CorrectionAsked, CorrectionWithdrawn, minutes_stream
from consultazione.minutes.locking import locked_correction, locked_draft
from consultazione.minutes.models import CorrectionState, MinutesCorrection, Piece

# How many requests a person can have open on one draft.
_MOST_OPEN = 50


def ask_correction(
    tx: Transaction,
    *,
    minutes_id: int,
    piece: Piece,
    subject_id: int,
    old_words: str,
    new_words: str,
    reason: str,
) -> MinutesCorrection:
    """Ask that words of a draft be others, or contest a fact; returns the request.

    For who was at the sitting, while the draft is before them. Idempotent: the same request that
    is still open is returned. Locks the minutes FOR UPDATE. NotFound without such a text; Conflict
    outside these days; Invalid unless the passage stands in the text once, word for word.
    """
    minutes = locked_draft(tx, minutes_id, Permission.ASK_CORRECTION)
    person_id = acting_person(tx.actor)
    require_may_ask(tx.session, minutes, tx.actor, tx.today)
    text = text_of(tx.session, minutes, piece, subject_id)
    if piece is not Piece.FACT:
        _check_words(text, old_words, new_words)
    asked = {
        "minutes_id": minutes.id,
        "piece": piece,
        "subject_id": subject_id,
        "old_words": old_words,
        "new_words": new_words,
        "reason": reason,
        "asked_by": person_id,
        "state": CorrectionState.OPEN,
    }
    same = tx.session.scalar(select(MinutesCorrection).filter_by(**asked))
    if same is not None:
        return same
    _check_number(tx, minutes.id, person_id)
    correction = MinutesCorrection(**asked, asked_at=tx.now)
    tx.session.add(correction)
    tx.flush()
    recorded = CorrectionAsked(
        minutes_id=minutes.id,
        correction_id=correction.id,
        piece=piece,
        subject_id=subject_id,
        old_words=FreeText(old_words),
        new_words=FreeText(new_words),
        reason=FreeText(reason),
    )
    tx.record(minutes_stream(minutes.sitting_id), recorded)
    return correction


def withdraw_correction(tx: Transaction, *, correction_id: int) -> MinutesCorrection:
    """Take one's own request back while nobody has decided it; idempotent.

    Locks the minutes FOR UPDATE. NotAllowed for another's; Conflict once it is decided.
    """
    correction = locked_correction(tx, correction_id, Permission.WITHDRAW_CORRECTION)
    if correction.asked_by != acting_person(tx.actor):
        raise NotAllowed(_("Only whoever asked for it takes a request back."))
    if correction.state is CorrectionState.WITHDRAWN:
        return correction
    require_open(correction)
    correction.state = CorrectionState.WITHDRAWN
    correction.decided_by, correction.decided_at = tx.actor.person_id, tx.now
    minutes = correction.minutes
    withdrawn = CorrectionWithdrawn(minutes_id=minutes.id, correction_id=correction.id)
    tx.record(minutes_stream(minutes.sitting_id), withdrawn)
    return correction


def _check_words(text: str, old_words: str, new_words: str) -> None:
    if not stands_once(text, old_words):
        there = text.count(old_words)
        raise Invalid.at(
            "old_words",
            _("The text does not say this: copy the passage as it stands.")
            if not there
            else _("The text says this more than once: copy a few more words around it."),
        )
    if old_words == new_words:
        raise Invalid.at("new_words", _("Write what is to stand there instead."))


def _check_number(tx: Transaction, minutes_id: int, person_id: int) -> None:
    count = (
        select(func.count())
        .select_from(MinutesCorrection)
        .filter_by(minutes_id=minutes_id, asked_by=person_id, state=CorrectionState.OPEN)
    )
    if (tx.session.scalar(count) or 0) >= _MOST_OPEN:
        raise Conflict(_("You have many requests open on this draft: wait until they are decided."))
