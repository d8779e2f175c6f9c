"""The days in which a draft of minutes can be corrected are nearly over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from flask_babel import format_date
from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.actor import Actor
from consultazione.minutes.models import Minutes, MinutesState
from consultazione.minutes.queries import may_read
from consultazione.notices.models import Group
from consultazione.notices.told import Due, Told
from consultazione.notices.topics.wording import of_minutes
from consultazione.sittings.models import Attendance

_BEFORE = timedelta(days=1)


class CorrectionsEnd:
    """The day before the last one, to who was at the sitting."""

    name = "corrections_end"
    group = Group.TASKS

    def due(self, session: Session, today: date) -> Sequence[Due]:
        """Of the drafts whose last day is tomorrow."""
        query = (
            select(Minutes)
            .options(joinedload(Minutes.sitting))
            .where(Minutes.state == MinutesState.DRAFT)
            .where(Minutes.corrections_until == today + _BEFORE)
            .order_by(Minutes.id)
        )
        return [
            Due(person_id, minutes.id, today + _BEFORE, minutes.sitting.table_id)
            for minutes in session.scalars(query)
            for person_id in session.scalars(
                select(Attendance.person_id)
                .where(Attendance.sitting_id == minutes.sitting_id)
                .distinct()
            )
        ]

    def reminded(
        self, session: Session, subject_id: int, due_on: date, reader: Actor
    ) -> Told | None:
        """Nothing once the draft was taken back or approved."""
        minutes = session.get_one(Minutes, subject_id)
        if minutes.state is not MinutesState.DRAFT or minutes.corrections_until != due_on:
            return None
        if not may_read(session, minutes, reader):
            return None
        day = format_date(due_on, "long")
        sentence = _("The last day to ask for corrections of the draft is %(day)s.", day=day)
        return of_minutes(minutes, sentence)
