"""Closed lists of sittings as people read them."""

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
    PointState.DONE: _("Dealt with"),
}

# The answers of every kind of poll, as they are offered to who votes.
CHOICES = {
    "yes": _("I am in favour"),
    "no": _("I am against"),
    "abstain": _("I abstain"),
}
# The same answers, as the names of their counts.
TALLIES = {
    "yes": _("Votes in favour"),
    "no": _("Votes against"),
    "abstain": _("Abstentions"),
}
# Why a poll carried, or did not: the words that kinds of poll give.
GROUNDS = {
    "majority": _("More votes in favour than against."),
    "minority": _("More votes against than in favour."),
    "tie": _("As many in favour as against: with a tie a proposal is not approved."),
    "only_abstentions": _("All those who voted abstained."),
    "no_ballots": _("Nobody voted."),
}

# How the agendas of the field's tables begin and end.
FIRST_POINT = _("Approval of the minutes of the last sitting")
LAST_POINT = _("Any other business")
