"""The last day on which unions can answer: named when minutes are published, and moved later."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Invalid
from consultazione.zones.models import MOST_SIGN_OFF_DAYS

_MOST = timedelta(days=MOST_SIGN_OFF_DAYS)


def check_due_on(due_on: date, today: date, *, field: str = "due_on") -> None:
    """Invalid on the field of that name unless the day is to come and within a year."""
    if not today < due_on <= today + _MOST:
        raise Invalid.at(field, _("Choose a day from tomorrow on, a year away at most."))
