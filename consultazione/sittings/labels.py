"""Labels for the closed lists of sittings."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.sittings.models import PointState, SittingState

SITTING_STATES = {
    SittingState.CONVENED: _("Convened"),
    SittingState.OPEN: _("In progress now"),
    SittingState.CLOSED: _("The sitting is concluded"),
}
SITTING_TONES = {
    SittingState.CONVENED: "info",
    SittingState.OPEN: "live",
    SittingState.CLOSED: "neutral",
}
POINT_STATES = {
    PointState.PENDING: _("Still to be dealt with"),
    PointState.CURRENT: _("Under discussion"),
    PointState.SUSPENDED: _("Put aside for later"),
    PointState.DONE: _("Dealt with"),
}
# Agendas of these tables usually begin and end with these points.
FIRST_POINT = _("Approval of the minutes of the last sitting")
LAST_POINT = _("Any other business")
