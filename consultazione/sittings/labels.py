"""Labels for the closed lists of sittings."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core import clock
from consultazione.sittings.models import PointState, Sitting, SittingChange, SittingState

SITTING_STATES = {
    SittingState.CONVENED: _("Convened"),
    SittingState.OPEN: _("In progress now"),
    SittingState.CLOSED: _("The sitting is concluded"),
    SittingState.CANCELLED: _("Cancelled"),
}
SITTING_TONES = {
    SittingState.CONVENED: "info",
    SittingState.OPEN: "live",
    SittingState.CLOSED: "neutral",
    SittingState.CANCELLED: "danger",
}
POINT_STATES = {
    PointState.PENDING: _("Still to be dealt with"),
    PointState.CURRENT: _("Under discussion"),
    PointState.SUSPENDED: _("Put aside for later"),
    PointState.DONE: _("Dealt with"),
    PointState.POSTPONED: _("Left to a later sitting"),
    PointState.REMOVED: _("Taken off the agenda"),
}
CHANGES = {
    SittingChange.CORRECTED: _("Corrected"),
    SittingChange.POSTPONED: _("Postponed"),
}
# Agendas of these tables usually begin and end with these points.
FIRST_POINT = _("Approval of the minutes of the last sitting")
LAST_POINT = _("Any other business")


def state_of(sitting: Sitting) -> tuple[object, str]:
    """Return how a sitting stands, in words, and the tone of that badge."""
    if sitting.was_not_held(clock.today()):
        return _("Not held"), "warning"
    if sitting.state is SittingState.CONVENED and sitting.first_starts_at is not None:
        return _("Postponed"), "warning"
    return SITTING_STATES[sitting.state], SITTING_TONES[sitting.state]
