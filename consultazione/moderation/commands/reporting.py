"""Reporting a text."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotAllowed, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.moderation.events import TextReported
from consultazione.moderation.models import Report, TextKind
from consultazione.moderation.rules import require_rule
from consultazione.moderation.steps import open_case, subject_in_hand
from consultazione.moderation.subjects import FAMILIES, Subject
from consultazione.tables.events import table_stream


def report_text(
    tx: Transaction, *, kind: TextKind, text_id: int, rule: str, words: str | None = None
) -> Report:
    """Report a text that the actor reads, by a rule of its zone; return the report.

    Locks the open case of the text FOR UPDATE. NotFound if there is no such text; NotAllowed for
    its author; Conflict if the actor has reported it before, or it is hidden already; Invalid on
    `rule` if the zone has no such rule.
    """
    subject = subject_in_hand(tx, kind, text_id)
    place = {"zone_id": subject.zone_id, "table_id": subject.table_id}
    require(tx.actor, Permission.REPORT_TEXT, **place)
    _require_readable(tx, subject)
    require_rule(tx.session, subject.zone_id, rule)
    case = open_case(tx, subject)
    _require_first(tx, subject)
    report = Report(
        case_id=case.id,
        text_kind=kind,
        text_id=text_id,
        person_id=acting_person(tx.actor),
        rule=rule,
        words=words,
        at=tx.now,
    )
    tx.session.add(report)
    tx.flush()
    reported = TextReported(
        report_id=report.id,
        table_id=subject.table_id,
        text_kind=kind,
        text_id=text_id,
        rule=rule,
        words=FreeText(words) if words else None,
    )
    tx.record(table_stream(subject.table_id), reported, anonymous=True)
    return report


def _require_readable(tx: Transaction, subject: Subject) -> None:
    if subject.author_id == tx.actor.person_id:
        raise NotAllowed(_("You wrote this text: you can change it or withdraw it yourself."))
    if not subject.is_shown:
        raise Conflict(_("This text is not shown any more."))
    if not FAMILIES[subject.kind].may_read(tx.session, tx.actor, subject):
        raise NotFound(_("There is no such text, or none any more."))


def _require_first(tx: Transaction, subject: Subject) -> None:
    """Under the lock of the case, so of two reports at once the second is refused."""
    mine = select(Report.id).filter_by(
        text_kind=subject.kind, text_id=subject.id, person_id=tx.actor.person_id
    )
    if tx.session.scalar(mine) is not None:
        raise Conflict(_("You have reported this text already: you will hear what comes of it."))
