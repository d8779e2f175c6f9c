"""Somebody's mandate ends before long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from flask_babel import format_date
from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core import clock
from consultazione.core.actor import Actor
from consultazione.notices.models import Group
from consultazione.notices.told import Due, Told
from consultazione.notices.topics.mandates import of_mandate
from consultazione.people.models import Mandate

_BEFORE = timedelta(days=30)


class MandateEnds:
    """In the last thirty days of a mandate, to whose it is."""

    name = "mandate_ends"
    group = Group.TASKS

    def due(self, session: Session, today: date) -> Sequence[Due]:
        """Of the mandates that are valid and end before long."""
        query = select(Mandate.person_id, Mandate.id, Mandate.ends_on).where(
            Mandate.is_valid(clock.now()), Mandate.ends_on <= today + _BEFORE
        )
        rows = session.execute(query.order_by(Mandate.id))
        return [Due(person, mandate, last) for person, mandate, last in rows if last is not None]

    def reminded(
        self, session: Session, subject_id: int, due_on: date, reader: Actor
    ) -> Told | None:
        """To whose mandate it is, unless it has another last day by now."""
        mandate = session.get_one(Mandate, subject_id)
        if mandate.person_id != reader.person_id or mandate.ends_on != due_on:
            return None
        day = format_date(due_on, "long")
        sentence = _("Your mandate ends on %(day)s. If it goes on, ask for a new one.", day=day)
        return of_mandate(mandate, sentence)
