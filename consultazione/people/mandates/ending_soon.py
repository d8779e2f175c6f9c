"""Mandates that end soon, of which their delegates hear thirty days before, and seven."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consultazione.people.mandates.models import MandateReminder
from consultazione.people.models import Mandate

# Days before the last one, the nearest first.
BEFORE = (7, 30)


def ending_soon(
    session: Session, *, at: datetime, today: date, person_id: int | None = None
) -> list[Mandate]:
    """The valid mandates that end within thirty days, soonest first; of one person, if given.

    Whoever reminds people in another way asks this, too.
    """
    last = today + timedelta(days=max(BEFORE))
    query = (
        select(Mandate)
        .options(joinedload(Mandate.organisation))
        .where(Mandate.is_valid(at), Mandate.ends_on <= last)
        .order_by(Mandate.ends_on, Mandate.id)
    )
    if person_id is not None:
        query = query.where(Mandate.person_id == person_id)
    return list(session.scalars(query))


def unannounced(session: Session, *, at: datetime, today: date) -> list[int]:
    """The ids of the mandates of whose end somebody must be told today."""
    rows = ending_soon(session, at=at, today=today)
    reminders = select(MandateReminder.mandate_id, MandateReminder.days)
    of_these = MandateReminder.mandate_id.in_([row.id for row in rows])
    told = {(one, days) for one, days in session.execute(reminders.where(of_these))}
    return [row.id for row in rows if (row.id, due_reminder(row, today)) not in told]


def due_reminder(mandate: Mandate, today: date) -> int:
    """Which of the reminders is due; 0 if none is."""
    left = (mandate.ends_on - today).days if mandate.ends_on else max(BEFORE) + 1
    return next((days for days in BEFORE if left <= days), 0)
