"""Minutes: the draft that those present can have corrected, and the published ones."""

from __future__ import annotations

from typing import Any

from flask_babel import format_date
from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select, union
from sqlalchemy.orm import Session

from consultazione.core.actor import Actor
from consultazione.core.clock import today
from consultazione.core.log import Entry
from consultazione.minutes.events import MinutesCirculated, MinutesPublished
from consultazione.minutes.models import Minutes, MinutesState
from consultazione.minutes.queries import may_read
from consultazione.notices.audience import of_table
from consultazione.notices.models import Group
from consultazione.notices.told import Told
from consultazione.notices.topics.wording import of_minutes
from consultazione.sittings.models import Attendance


class CorrectionsOpen:
    """A draft was put before those who were at the sitting."""

    name = "corrections_open"
    group = Group.TASKS
    events = (MinutesCirculated,)

    def audience(self, session: Session, entry: Entry) -> Select[Any]:
        """Who was there."""
        return _attended(_minutes(session, entry).sitting_id)

    def told(self, session: Session, entry: Entry, reader: Actor) -> Told | None:
        """Until when corrections can be asked for; nothing once that day has passed."""
        minutes = _minutes(session, entry)
        until = minutes.corrections_until
        if minutes.state is not MinutesState.DRAFT or until is None or until < today():
            return None
        if not may_read(session, minutes, reader):
            return None
        day = format_date(until, "long")
        sentence = _(
            "Read the draft of the minutes: until %(day)s you can ask for corrections.", day=day
        )
        return of_minutes(minutes, sentence)


class MinutesPublic:
    """Minutes were published."""

    name = "minutes_public"
    group = Group.DOCUMENTS
    events = (MinutesPublished,)

    def audience(self, session: Session, entry: Entry) -> Select[Any]:
        """Whom the table concerns, and who was there."""
        sitting = _minutes(session, entry).sitting
        whole = union(of_table(sitting.table_id, entry.at), _attended(sitting.id)).subquery()
        return select(whole.c[0])

    def told(self, session: Session, entry: Entry, reader: Actor) -> Told | None:
        """That they can be read."""
        minutes = _minutes(session, entry)
        if not may_read(session, minutes, reader):
            return None
        return of_minutes(minutes, _("The minutes are published."))


def _attended(sitting_id: int) -> Select[Any]:
    return select(Attendance.person_id).where(Attendance.sitting_id == sitting_id).distinct()


def _minutes(session: Session, entry: Entry) -> Minutes:
    assert isinstance(entry.event, MinutesCirculated | MinutesPublished)
    return session.get_one(Minutes, entry.event.minutes_id)
