"""Requests for correction of minutes: what was decided on one's own."""

from __future__ import annotations

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from consultazione.core.actor import Actor
from consultazione.core.errors import Sentence
from consultazione.core.events import Event
from consultazione.core.log import Entry
from consultazione.minutes.events import (
    CorrectionAccepted,
    CorrectionAnswered,
    CorrectionRefused,
)
from consultazione.minutes.models import Minutes, MinutesCorrection
from consultazione.minutes.queries import may_read
from consultazione.notices.models import Group
from consultazione.notices.told import Told
from consultazione.notices.topics.wording import of_minutes


class CorrectionSettled:
    """A request for correction was accepted, refused or answered."""

    name = "correction_settled"
    group = Group.TASKS
    events = (CorrectionAccepted, CorrectionRefused, CorrectionAnswered)
    _SENTENCES: ClassVar[dict[type[Event], Sentence]] = {
        CorrectionAccepted: _("Your correction was accepted."),
        CorrectionRefused: _("Your correction was refused. The minutes say why."),
        CorrectionAnswered: _("Your request about the facts was answered."),
    }

    def audience(self, session: Session, entry: Entry) -> Select[Any]:
        """Who asked for it."""
        assert isinstance(entry.event, self.events)
        asked = MinutesCorrection.id == entry.event.correction_id
        return select(MinutesCorrection.asked_by).where(asked)

    def told(self, session: Session, entry: Entry, reader: Actor) -> Told | None:
        """What was decided, to who asked and may still read the minutes."""
        assert isinstance(entry.event, self.events)
        request = session.get_one(MinutesCorrection, entry.event.correction_id)
        minutes = session.get_one(Minutes, entry.event.minutes_id)
        if request.asked_by != reader.person_id or not may_read(session, minutes, reader):
            return None
        return of_minutes(minutes, self._SENTENCES[type(entry.event)], anchor="#rettifiche")
