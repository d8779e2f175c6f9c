"""Labels and colours for the states of a proposal."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.proposals.models import ProposalState

STATES = {
    ProposalState.SUBMITTED: _("Waiting for admission"),
    ProposalState.ADMITTED: _("Admitted to discussion"),
    ProposalState.NOT_ADMITTED: _("Not admitted"),
    ProposalState.WITHDRAWN: _("Withdrawn by the author"),
    ProposalState.SUPERSEDED: _("Continues in another proposal"),
}

# The parts of a text, in the order in which they are read.
PARTS = {
    "title": _("Title"),
    "need": _("What is missing today"),
    "body": _("What you propose"),
    "effect": _("What would change"),
}

TONES = {
    ProposalState.SUBMITTED: "info",
    ProposalState.ADMITTED: "success",
    ProposalState.NOT_ADMITTED: "danger",
    ProposalState.WITHDRAWN: "neutral",
    ProposalState.SUPERSEDED: "neutral",
}
