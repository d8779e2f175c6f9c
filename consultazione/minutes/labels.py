"""Labels for the enumerations of minutes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.minutes.models import MinutesState

MINUTES_STATES = {
    MinutesState.DRAFT: _("Draft"),
    MinutesState.APPROVED: _("Approved"),
    MinutesState.PUBLISHED: _("Published"),
}
MINUTES_TONES = {
    MinutesState.DRAFT: "warning",
    MinutesState.APPROVED: "info",
    MinutesState.PUBLISHED: "success",
}
