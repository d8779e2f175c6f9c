"""Ruling on a text, and taking a ruling back."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.moderation.events import RulingGiven, RulingUndone
from consultazione.moderation.models import OPEN_TO_APPEAL, Action, Case, Ruling, TextKind
from consultazione.moderation.rules import require_rule
from consultazione.moderation.settings import settings_of
from consultazione.moderation.steps import (
    open_case,
    reporters_of,
    require_not_author,
    role_of,
    ruling_in_hand,
    subject_in_hand,
    tell,
)
from consultazione.moderation.subjects import FAMILIES, Subject
from consultazione.tables.events import table_stream


def rule_on_text(
    tx: Transaction,
    *,
    kind: TextKind,
    text_id: int,
    action: Action,
    reason: str,
    rule: str | None = None,
) -> Ruling:
    """Rule on a text, reported or not, by a rule and for a reason; return the ruling.

    What hides or erases it is the command of its own feature, with its own permission. The author
    and all who reported it are told. Locks the open case FOR UPDATE. NotFound if there is no such
    text; NotAllowed for its author; Conflict if it is hidden already and is to be hidden; Invalid
    on `rule` if there is no such rule, or none although something is done to the text.
    """
    subject = subject_in_hand(tx, kind, text_id)
    place = {"zone_id": subject.zone_id, "table_id": subject.table_id}
    require(tx.actor, Permission.RULE_ON_TEXT, **place)
    require_not_author(tx, subject)
    _check(tx, subject, action, rule)
    case = open_case(tx, subject)
    _carry_out(tx, subject, action, reason)
    ruling = _add(tx, case, subject, action, rule, reason)
    for person_id in reporters_of(tx, case.id):
        tell(tx, "report_settled", person_id)
    if action is not Action.LEAVE:
        tell(tx, "text_moderated", subject.author_id)
    return ruling


def undo_ruling(tx: Transaction, *, ruling_id: int, reason: str) -> Ruling:
    """Take back that a text was hidden, or its author asked to change it; it is shown again.

    Locks the ruling FOR UPDATE. NotFound if there is none; NotAllowed for the text's author;
    Conflict if nothing is left to take back, or an appeal was decided.
    """
    ruling, subject = ruling_in_hand(tx, ruling_id)
    place = {"zone_id": subject.zone_id, "table_id": subject.table_id}
    require(tx.actor, Permission.UNDO_RULING, **place)
    require_not_author(tx, subject)
    if ruling.action not in OPEN_TO_APPEAL or ruling.undone_at is not None:
        raise Conflict(_("There is nothing to take back."))
    if ruling.appeal is not None and ruling.appeal.decided_at is not None:
        raise Conflict(_("An appeal against this ruling was decided: that stays."))
    if ruling.action is Action.HIDE and not subject.is_shown:
        FAMILIES[subject.kind].show(tx, subject.id, reason)
    ruling.undone_at, ruling.undone_reason, ruling.told_at = tx.now, reason, None
    undone = RulingUndone(ruling_id=ruling.id, table_id=subject.table_id, reason=FreeText(reason))
    tx.record(table_stream(subject.table_id), undone)
    tell(tx, "text_moderated", subject.author_id)
    return ruling


def _check(tx: Transaction, subject: Subject, action: Action, rule: str | None) -> None:
    if action not in FAMILIES[subject.kind].actions:
        raise Invalid.at("action", _("This cannot be done with a text of this kind."))
    if rule is not None:
        require_rule(tx.session, subject.zone_id, rule)
    elif action is not Action.LEAVE:
        raise Invalid.at("rule", _("Say which rule the text breaks."))


def _carry_out(tx: Transaction, subject: Subject, action: Action, reason: str) -> None:
    family = FAMILIES[subject.kind]
    if action is Action.HIDE:
        family.hide(tx, subject.id, reason)
    elif action is Action.ERASE:
        family.erase(tx, subject.id, reason)


def _add(
    tx: Transaction, case: Case, subject: Subject, action: Action, rule: str | None, reason: str
) -> Ruling:
    role = role_of(tx.actor, Permission.RULE_ON_TEXT, subject)
    ruling = Ruling(
        case_id=case.id,
        action=action,
        rule=rule,
        reason=reason,
        decided_by=acting_person(tx.actor),
        role=role,
        decided_at=tx.now,
        appeal_until=_appeal_until(tx, subject, action),
    )
    case.settled_at = tx.now
    tx.session.add(ruling)
    tx.flush()
    given = RulingGiven(
        ruling_id=ruling.id,
        case_id=case.id,
        table_id=subject.table_id,
        text_kind=subject.kind,
        text_id=subject.id,
        action=action,
        rule=rule,
        role=role,
        reason=FreeText(reason),
        appeal_until=ruling.appeal_until,
    )
    tx.record(table_stream(subject.table_id), given)
    return ruling


def _appeal_until(tx: Transaction, subject: Subject, action: Action) -> date | None:
    if action not in OPEN_TO_APPEAL:
        return None
    return tx.today + timedelta(days=settings_of(tx.session, subject.zone_id).appeal_days)
