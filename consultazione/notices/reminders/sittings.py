"""A sitting is tomorrow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta

from flask_babel import format_datetime
from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.actor import Actor
from consultazione.core.clock import at_rome, in_rome
from consultazione.notices.audience import of_table
from consultazione.notices.models import Group
from consultazione.notices.told import Due, Told
from consultazione.notices.topics.wording import of_sitting
from consultazione.sittings.models import Sitting, SittingState
from consultazione.sittings.queries import get_sitting

_BEFORE = timedelta(days=1)


class SittingTomorrow:
    """The day before a sitting, to whom it concerns. If it is moved, they are reminded anew."""

    name = "sitting_tomorrow"
    group = Group.SITTINGS

    def due(self, session: Session, today: date) -> Sequence[Due]:
        """Of the sittings of tomorrow that stand."""
        first, last = (at_rome(today + days, time()) for days in (_BEFORE, 2 * _BEFORE))
        query = select(Sitting).where(
            Sitting.state == SittingState.CONVENED,
            Sitting.rehearses.is_(None),
            Sitting.starts_at >= first,
            Sitting.starts_at < last,
        )
        return [
            Due(person_id, sitting.id, sitting.day, sitting.table_id)
            for sitting in session.scalars(query.order_by(Sitting.id))
            for person_id in session.scalars(of_table(sitting.table_id, first))
        ]

    def reminded(
        self, session: Session, subject_id: int, due_on: date, reader: Actor
    ) -> Told | None:
        """Nothing if it was moved or cancelled since."""
        sitting = get_sitting(session, subject_id)
        if sitting.state is not SittingState.CONVENED or sitting.day != due_on:
            return None
        when = format_datetime(in_rome(sitting.starts_at), "EEEE d MMMM, HH:mm", rebase=False)
        sentence = _("Remember: it is on %(when)s, %(place)s.", when=when, place=sitting.place)
        return of_sitting(sitting, sentence)
