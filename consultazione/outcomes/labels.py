"""Labels for the enumerations of outcomes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.documents.signatures import METHODS
from consultazione.outcomes.answers import Stand
from consultazione.outcomes.models import Answer, ClosedBy, Outcome
from consultazione.zones.models import SignOffRule

ANSWERS = {
    Answer.SIGNED: _("Signed"),
    Answer.SIGNED_WITH_NOTE: _("Signed with a note to the record"),
    Answer.DECLINED: _("Did not sign"),
    Answer.SILENT: _("Did not answer by the deadline"),
}
STANDS = {
    Stand.SIGNED: ANSWERS[Answer.SIGNED],
    Stand.SIGNED_WITH_NOTE: ANSWERS[Answer.SIGNED_WITH_NOTE],
    Stand.IN_PART: _("Signed in part: not all conclusions"),
    Stand.DECLINED: ANSWERS[Answer.DECLINED],
    Stand.SILENT: ANSWERS[Answer.SILENT],
    Stand.AWAITED: _("Awaited"),
}
_NO_MORE_AWAITED = _("Had not answered when the sign-off ended")
STAND_TONES = {
    Stand.SIGNED: "success",
    Stand.SIGNED_WITH_NOTE: "success",
    Stand.IN_PART: "warning",
    Stand.DECLINED: "danger",
    Stand.SILENT: "neutral",
    Stand.AWAITED: "neutral",
}
# The same answers, worded as choices for the delegate.
CHOICES = {
    Answer.SIGNED: _("We sign"),
    Answer.SIGNED_WITH_NOTE: _("We sign, with a note to the record"),
    Answer.DECLINED: _("We do not sign, and say why"),
}
# The same for one conclusion, where the answer to the whole stands first.
ITEM_CHOICES = {
    "as_all": _("The same answer as to all"),
    Answer.SIGNED.value: _("We sign this one"),
    Answer.SIGNED_WITH_NOTE.value: _("We sign this one, with a note to the record"),
    Answer.DECLINED.value: _("We do not sign this one, and say why"),
}
METHOD_NAMES = {name: method.label for name, method in METHODS.items()}
ENDINGS = {
    ClosedBy.RULE: _("The sign-off ended by the rule of the zone."),
    ClosedBy.DEADLINE: _("The sign-off ended at its deadline."),
    ClosedBy.CHAIR: _("The chair ended the sign-off, for this reason:"),
}
RULE_SENTENCES = {
    SignOffRule.ALL_ANSWERED: _(
        "The sign-off ends when every union has answered, whichever way, and at the deadline at "
        "the latest."
    ),
    SignOffRule.MAJORITY_SIGNED: _(
        "The sign-off ends when it is settled for each conclusion whether more than half of the "
        "unions sign it, and at the deadline at the latest."
    ),
    SignOffRule.DEADLINE: _("The sign-off ends at the deadline and not before."),
}


def stand_words(outcome: Outcome, stand: Stand) -> str:
    """How a union stands to an outcome; of one that is closed no answer is awaited any more."""
    over = stand is Stand.AWAITED and outcome.closed_by is not None
    return str(_NO_MORE_AWAITED if over else STANDS[stand])
