"""Putting a striking text before those who moderate; it stays as it is meanwhile."""

from __future__ import annotations

from consultazione.core.db import Transaction
from consultazione.core.permissions import Permission, require
from consultazione.moderation.events import TextRaised
from consultazione.moderation.models import Case, Signal, TextKind
from consultazione.moderation.signals import signals_of
from consultazione.moderation.steps import open_case
from consultazione.moderation.subjects import FAMILIES
from consultazione.tables.events import table_stream


def raise_text(tx: Transaction, *, kind: TextKind, text_id: int) -> Case | None:
    """Look at a text, and put it into the queue if something is striking; None if nothing is.

    The platform's own act; nothing is hidden by it. Locks the open case FOR UPDATE. Idempotent.
    """
    require(tx.actor, Permission.RAISE_TEXT)
    subject = FAMILIES[kind].find(tx.session, text_id)
    if subject is None or not subject.is_shown:
        return None
    found = signals_of(tx.session, subject, at=tx.now)
    if not found:
        return None
    case = open_case(tx, subject)
    if set(found) <= set(case.signals):
        return case
    case.signals = sorted({*case.signals, *(signal.value for signal in found)})
    raised = TextRaised(
        case_id=case.id,
        table_id=subject.table_id,
        text_kind=kind,
        text_id=text_id,
        links=Signal.LINKS in found,
        flood=Signal.FLOOD in found,
        near_copy=Signal.COPY in found,
        listed_word=Signal.WORDS in found,
    )
    tx.record(table_stream(subject.table_id), raised)
    return case
