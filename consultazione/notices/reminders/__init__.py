"""Every reminder, one line each: what people are reminded of by the state of things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from consultazione.notices.reminders.corrections import CorrectionsEnd
from consultazione.notices.reminders.mandates import MandateEnds
from consultazione.notices.reminders.signatures import SignatureDue
from consultazione.notices.reminders.sittings import SittingTomorrow
from consultazione.notices.told import Reminder

ALL: Sequence[Reminder] = (
    SittingTomorrow(),
    SignatureDue(),
    CorrectionsEnd(),
    MandateEnds(),
)
BY_NAME: Mapping[str, Reminder] = {reminder.name: reminder for reminder in ALL}
