"""Labels for the enumerations of minutes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_babel import lazy_pgettext

from consultazione.minutes.models import CorrectionState, MinutesState
from consultazione.minutes.signing.models import SigningRole

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
# What becomes of a request for correction, and its tone.
CORRECTION_STATES = {
    CorrectionState.OPEN: (_("Waits for a decision"), "warning"),
    CorrectionState.ACCEPTED: (_("Accepted"), "success"),
    CorrectionState.REFUSED: (lazy_pgettext("correction", "Refused"), "danger"),
    CorrectionState.ANSWERED: (_("Answered"), "info"),
    CorrectionState.WITHDRAWN: (_("Taken back"), "secondary"),
}
SIGNING_ROLES = {
    SigningRole.CHAIR: _("Presides"),
    SigningRole.WRITER: _("Writes the minutes"),
    SigningRole.BOTH: _("Presides and writes the minutes"),
}
