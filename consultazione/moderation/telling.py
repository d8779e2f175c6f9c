"""What a mail of moderation tells: the oldest of its kind that its reader was not told of.

Each marks it as told; that is committed with the delivery (`notices/letters.py`).
"""

from __future__ import annotations

from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.moderation.models import Action, Appeal, Case, Report, Ruling
from consultazione.tables.holding.models import HeldText


def untold_ruling(tx: Transaction, author_id: int) -> Ruling | None:
    """A ruling on a text of the author's; None if they were told of all."""
    wanted = (
        select(Ruling)
        .join(Ruling.case)
        .where(Case.author_id == author_id, Ruling.told_at.is_(None))
        .where(Ruling.action != Action.LEAVE)
        .order_by(Ruling.id)
        .limit(1)
    )
    ruling = tx.session.scalar(wanted.with_for_update(of=Ruling))
    if ruling is not None:
        ruling.told_at = tx.now
    return ruling


def untold_held(tx: Transaction, author_id: int) -> HeldText | None:
    """A text of the author's that waited and was read; None if they were told of all."""
    wanted = (
        select(HeldText)
        .where(HeldText.author_id == author_id, HeldText.told_at.is_(None))
        .where(HeldText.settled_at.is_not(None))
        .order_by(HeldText.id)
        .limit(1)
    )
    held = tx.session.scalar(wanted.with_for_update(of=HeldText))
    if held is not None:
        held.told_at = tx.now
    return held


def untold_report(tx: Transaction, person_id: int) -> tuple[Report, Ruling] | None:
    """A report of the person's that was ruled on, with the ruling; None if they know of all."""
    wanted = (
        select(Report, Ruling)
        .join(Ruling, Ruling.case_id == Report.case_id)
        .where(Report.person_id == person_id, Report.told_at.is_(None))
        .order_by(Report.id, Ruling.id.desc())
        .limit(1)
    )
    row = tx.session.execute(wanted.with_for_update(of=Report)).first()
    if row is None:
        return None
    report, ruling = row
    report.told_at = tx.now
    return report, ruling


def untold_appeal(tx: Transaction, author_id: int) -> Appeal | None:
    """A decided appeal of the author's; None if they were told of all."""
    wanted = (
        select(Appeal)
        .join(Appeal.ruling)
        .join(Ruling.case)
        .where(Case.author_id == author_id, Appeal.told_at.is_(None))
        .where(Appeal.decided_at.is_not(None))
        .order_by(Appeal.ruling_id)
        .limit(1)
    )
    appeal = tx.session.scalar(wanted.with_for_update(of=Appeal))
    if appeal is not None:
        appeal.told_at = tx.now
    return appeal
