"""What a feed says that happened."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _


class What(StrEnum):
    """The kinds of lines of a feed."""

    CONVENED = "convened"
    CANCELLED = "cancelled"
    MINUTES = "minutes"
    OUTCOME_OPENED = "outcome_opened"
    OUTCOME_CLOSED = "outcome_closed"
    PROPOSAL = "proposal"
    BLOCK = "block"


HAPPENINGS = {
    What.CONVENED: _("Sitting convened"),
    What.CANCELLED: _("Sitting cancelled"),
    What.MINUTES: _("Minutes published"),
    What.OUTCOME_OPENED: _("Outcome with the unions"),
    What.OUTCOME_CLOSED: _("Outcome concluded"),
    What.PROPOSAL: _("Proposal admitted"),
    What.BLOCK: _("Paragraph of the plan"),
}
