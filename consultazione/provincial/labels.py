"""Labels for the enumerations of the provincial programme."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_babel import lazy_pgettext

from consultazione.provincial.models import ForwardState, Section

SECTIONS = {
    Section.SYSTEM_ACTIONS: _("System actions"),
    Section.CHILDHOOD_ADOLESCENCE: _("Childhood and adolescence"),
    Section.IMMIGRATION: _("Immigration"),
}

FORWARD_STATES = {
    ForwardState.WAITING: _("Waiting for an answer"),
    ForwardState.ACCEPTED: lazy_pgettext("project", "Accepted"),
    ForwardState.REFUSED: lazy_pgettext("project", "Not accepted"),
}

FORWARD_TONES = {
    ForwardState.WAITING: "warning",
    ForwardState.ACCEPTED: "success",
    ForwardState.REFUSED: "danger",
}
