"""Labels and colours of answers to proposals."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.proposals.answers.models import Verdict

VERDICTS = {
    Verdict.ACCEPTED: _("Accepted"),
    Verdict.ACCEPTED_IN_PART: _("Accepted in part"),
    Verdict.NOT_ACCEPTED: _("Not accepted"),
    Verdict.NOT_OURS: _("Not up to this table"),
}

TONES = {
    Verdict.ACCEPTED: "success",
    Verdict.ACCEPTED_IN_PART: "success",
    Verdict.NOT_ACCEPTED: "danger",
    Verdict.NOT_OURS: "neutral",
}
