"""Labels for the enumerations of the plan."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_babel import lazy_pgettext

from consultazione.plan.blocks.models import BlockKind, ChangeKind
from consultazione.plan.discussion.models import SuggestionState
from consultazione.plan.models import ContributionState, PlanState
from consultazione.plan.needs.models import Purpose

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
    "sign_off": _("Answers of the unions"),
    "minutes": _("Minutes of the sitting"),
    "vote": _("Vote in the sitting"),
    "moment": _("Moment of the sitting"),
    "proposal": _("Proposal"),
    "author": _("Who proposed it"),
    "answer": _("Answer of the plan office"),
    "paragraph": _("Paragraph of the plan"),
}
UNVOTED = _("Without a vote: none stands behind this conclusion.")
WITHDRAWN_SINCE = _("Its author has withdrawn it since; what the table concluded stands.")

BLOCK_KINDS = {
    BlockKind.HEADING: _("Heading"),
    BlockKind.PARAGRAPH: _("Paragraph"),
    BlockKind.LIST: _("List"),
    BlockKind.TABLE: lazy_pgettext("block of the plan", "Table"),
    BlockKind.FIGURE: _("Figure"),
}

# What the form for each kind asks for.
BODY_HINTS = {
    BlockKind.HEADING: _("One line."),
    BlockKind.PARAGRAPH: _("Leave an empty line to begin a new paragraph."),
    BlockKind.LIST: _("One point a line, each with a dash and a blank before it: - first point"),
    BlockKind.TABLE: _(
        "One row a line, with | between the cells; the second line is | --- | --- |."
    ),
    BlockKind.FIGURE: _("The caption, with the source of the figure."),
}

CHANGES = {
    ChangeKind.WRITTEN: _("Written"),
    ChangeKind.EDITED: _("Changed"),
    ChangeKind.SPLIT: lazy_pgettext("version of a block", "Split in two"),
    ChangeKind.MERGED: _("Merged with the block that followed"),
    ChangeKind.GENERATED: _("Written by the platform from its log"),
}

PLAN_STATES = {
    PlanState.DRAFT: _("Draft"),
    PlanState.PUBLIC_DRAFT: _("Public draft"),
    PlanState.READY: _("Ready for approval"),
    PlanState.APPROVED: _("Approved"),
}

PLAN_TONES = {
    PlanState.DRAFT: "neutral",
    PlanState.PUBLIC_DRAFT: "info",
    PlanState.READY: "warning",
    PlanState.APPROVED: "success",
}

SUGGESTION_STATES = {
    SuggestionState.PENDING: _("Waiting for a decision"),
    SuggestionState.ACCEPTED: _("Accepted"),
    SuggestionState.REFUSED: _("Not accepted"),
}

SUGGESTION_TONES = {
    SuggestionState.PENDING: "warning",
    SuggestionState.ACCEPTED: "success",
    SuggestionState.REFUSED: "danger",
}

# The four purposes of a plan (L. 328/2000 art. 19 c. 2).
PURPOSES = {
    Purpose.LOCAL_SYSTEMS: _("Local systems of services that citizens help plan and review"),
    Purpose.QUALIFY_SPENDING: _("Better spending, with resources that the consultation brings"),
    Purpose.SPEND_SHARING: _("How the spending is shared, and resources bound to an aim"),
    Purpose.TRAINING: _("Training of those who work in the services"),
}
