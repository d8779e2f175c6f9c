"""Labels for the enumerations of outcomes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.outcomes.methods.reauthenticated import Reauthenticated
from consultazione.outcomes.models import Answer, OutcomeState
from consultazione.zones.models import SignOffRule

OUTCOME_STATES = {
    OutcomeState.SIGNING: _("Open for sign-off"),
    OutcomeState.CLOSED: _("Sign-off concluded"),
}
OUTCOME_TONES = {OutcomeState.SIGNING: "info", OutcomeState.CLOSED: "success"}

ANSWERS = {
    Answer.SIGNED: _("Signed"),
    Answer.SIGNED_WITH_NOTE: _("Signed with a note to the record"),
    Answer.DECLINED: _("Did not sign"),
}
ANSWER_TONES = {
    Answer.SIGNED: "success",
    Answer.SIGNED_WITH_NOTE: "success",
    Answer.DECLINED: "danger",
}
# The same answers, worded as choices for the delegate.
CHOICES = {
    Answer.SIGNED: _("We sign"),
    Answer.SIGNED_WITH_NOTE: _("We sign, with a note to the record"),
    Answer.DECLINED: _("We do not sign, and say why"),
}
METHOD_NAMES = {Reauthenticated.name: _("password typed anew")}
RULE_SENTENCES = {
    SignOffRule.ALL_ANSWERED: _(
        "The sign-off is concluded when every union has answered, whichever way."
    ),
    SignOffRule.MAJORITY_SIGNED: _(
        "The sign-off is concluded when more than half of the unions have signed."
    ),
}
