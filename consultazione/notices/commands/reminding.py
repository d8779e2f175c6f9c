"""Reminding people of days that are near."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from consultazione.core.actor import VISITOR, Actor
from consultazione.core.db import Transaction
from consultazione.core.permissions import Permission, require
from consultazione.notices import reminders
from consultazione.notices.composing import reminded_of
from consultazione.notices.models import Notice
from consultazione.notices.told import Due, Reminder
from consultazione.notices.writing import write_notices
from consultazione.people.queries import actors_of


def remind(tx: Transaction) -> None:
    """Write the reminders that are due today and were not written yet. Idempotent."""
    require(tx.actor, Permission.REMIND)
    for reminder in reminders.ALL:
        for (subject_id, due_on), due in _by_subject(reminder.due(tx.session, tx.today)).items():
            _remind(tx, reminder, subject_id, due_on, due)


def _by_subject(due: Sequence[Due]) -> dict[tuple[int, date], list[Due]]:
    found: dict[tuple[int, date], list[Due]] = defaultdict(list)
    for one in due:
        found[one.subject_id, one.due_on].append(one)
    return found


def _remind(
    tx: Transaction, reminder: Reminder, subject_id: int, due_on: date, due: Sequence[Due]
) -> None:
    told = select(Notice.person_id).filter_by(
        topic=reminder.name, subject_id=subject_id, due_on=due_on
    )
    others = {one.person_id for one in due} - set(tx.session.scalars(told))

    def is_for(reader: Actor) -> bool:
        return reminded_of(tx.session, reminder, subject_id, due_on, reader) is not None

    if not is_for(VISITOR):
        others = {number for number, one in actors_of(tx.session, others).items() if is_for(one)}
    if others:
        write_notices(
            tx,
            sorted(others),
            topic=reminder.name,
            group=reminder.group,
            table_id=due[0].table_id,
            subject_id=subject_id,
            due_on=due_on,
        )
