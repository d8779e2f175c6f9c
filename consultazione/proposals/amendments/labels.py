"""Labels and colours for the states of an amendment."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.proposals.amendments.models import AmendmentState

STATES = {
    AmendmentState.PENDING: _("Waits for the author"),
    AmendmentState.ACCEPTED: _("Taken over word for word"),
    AmendmentState.REFUSED: _("Not taken over"),
    AmendmentState.WITHDRAWN: _("Taken back"),
}
TONES = {
    AmendmentState.PENDING: "info",
    AmendmentState.ACCEPTED: "success",
    AmendmentState.REFUSED: "danger",
    AmendmentState.WITHDRAWN: "neutral",
}
