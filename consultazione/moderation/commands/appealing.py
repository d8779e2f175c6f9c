"""Appealing against a ruling, and deciding on an appeal."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotAllowed
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.moderation.events import AppealDecided, RulingAppealed
from consultazione.moderation.models import Action, Appeal, Outcome, Ruling
from consultazione.moderation.settings import settings_of
from consultazione.moderation.steps import require_not_author, role_of, ruling_in_hand, tell
from consultazione.moderation.subjects import FAMILIES, Subject
from consultazione.tables.events import table_stream


def appeal_ruling(tx: Transaction, *, ruling_id: int, words: str) -> Appeal:
    """Ask, as the author of a text, that somebody else looks again at a ruling on it.

    Locks the ruling FOR UPDATE. NotFound if there is none; NotAllowed for anybody but the author;
    Conflict if there is an appeal already, the ruling was taken back or has none, or its last day
    has passed.
    """
    ruling, subject = ruling_in_hand(tx, ruling_id)
    place = {"zone_id": subject.zone_id, "table_id": subject.table_id}
    require(tx.actor, Permission.APPEAL_RULING, **place)
    if subject.author_id != tx.actor.person_id:
        raise NotAllowed(_("Only who wrote the text can appeal."))
    _require_open(tx, ruling)
    days = settings_of(tx.session, subject.zone_id).review_days
    appeal = Appeal(ruling_id=ruling.id, words=words, at=tx.now, due_on=tx.today + timedelta(days))
    tx.session.add(appeal)
    tx.flush()
    appealed = RulingAppealed(
        ruling_id=ruling.id,
        table_id=subject.table_id,
        words=FreeText(words),
        due_on=appeal.due_on,
    )
    tx.record(table_stream(subject.table_id), appealed)
    return appeal


def decide_appeal(tx: Transaction, *, ruling_id: int, outcome: Outcome, reason: str) -> Appeal:
    """Decide on an appeal as somebody else than who ruled; a hidden text is shown if it was right.

    Locks the ruling FOR UPDATE. NotFound if there is none; NotAllowed for who ruled and for the
    author; Conflict if there is no appeal, or it is decided.
    """
    ruling, subject = ruling_in_hand(tx, ruling_id)
    place = {"zone_id": subject.zone_id, "table_id": subject.table_id}
    require(tx.actor, Permission.DECIDE_APPEAL, **place)
    require_not_author(tx, subject)
    if ruling.decided_by == tx.actor.person_id:
        raise NotAllowed(_("You ruled on this text: somebody else has to decide on the appeal."))
    appeal = ruling.appeal
    if appeal is None or appeal.decided_at is not None or ruling.undone_at is not None:
        raise Conflict(_("There is no appeal that waits for a decision."))
    if outcome is Outcome.OVERTURNED:
        _show_again(tx, ruling, subject, reason)
    appeal.outcome, appeal.reason = outcome, reason
    appeal.decided_by, appeal.decided_at = acting_person(tx.actor), tx.now
    appeal.role = role_of(tx.actor, Permission.DECIDE_APPEAL, subject)
    decided = AppealDecided(
        ruling_id=ruling.id,
        table_id=subject.table_id,
        outcome=outcome,
        role=appeal.role,
        reason=FreeText(reason),
    )
    tx.record(table_stream(subject.table_id), decided)
    tell(tx, "appeal_decided", subject.author_id)
    return appeal


def _require_open(tx: Transaction, ruling: Ruling) -> None:
    if ruling.appeal is not None:
        raise Conflict(_("You have appealed already: somebody else looks at it."))
    if ruling.appeal_until is None:
        raise Conflict(_("There is no appeal against this ruling."))
    if ruling.undone_at is not None:
        raise Conflict(_("This ruling was taken back: there is nothing to appeal against."))
    if tx.today > ruling.appeal_until:
        raise Conflict(_("The last day for an appeal has passed."))


def _show_again(tx: Transaction, ruling: Ruling, subject: Subject, reason: str) -> None:
    if ruling.action is Action.HIDE and not subject.is_shown:
        FAMILIES[subject.kind].show(tx, subject.id, reason)
