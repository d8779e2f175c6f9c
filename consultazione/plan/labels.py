"""Labels for the enumerations of the plan."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.plan.models import ContributionState

STATE_NAMES = {
    ContributionState.PENDING: _("Waiting for an answer"),
    ContributionState.TAKEN_IN: _("Taken in"),
    ContributionState.TAKEN_IN_PART: _("Taken in, in part"),
    ContributionState.REFUSED: _("Not taken in"),
    ContributionState.NOT_OURS: _("Up to somebody else"),
}

STATE_TONES = {
    ContributionState.PENDING: "warning",
    ContributionState.TAKEN_IN: "success",
    ContributionState.TAKEN_IN_PART: "info",
    ContributionState.REFUSED: "danger",
    ContributionState.NOT_OURS: "neutral",
}

# The four answers, worded as choices for the plan office.
ANSWER_NAMES = {
    ContributionState.TAKEN_IN: _("Take it in: it becomes a paragraph of the chapter"),
    ContributionState.TAKEN_IN_PART: _("Take a part of it in: the reason says which"),
    ContributionState.REFUSED: _("Do not take it in"),
    ContributionState.NOT_OURS: _("It is up to somebody else: the reason says whom"),
}

# Keyed by the values of pedigree.StepKind.
STEP_NAMES = {
    "outcome_item": _("Outcome of the table"),
    "minutes": _("Minutes of the sitting"),
    "moment": _("Moment of the sitting"),
    "proposal": _("Proposal"),
    "author": _("Who proposed it"),
    "answer": _("Answer of the plan office"),
    "paragraph": _("Paragraph of the plan"),
}
