"""How applications for accreditation are called."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.tables.accrediting.models import ApplicationState

# What has become of an application, with the tone of its badge.
STATES = {
    ApplicationState.ASKED: (_("waits for an answer"), "warning"),
    ApplicationState.GRANTED: (_("granted"), "success"),
    ApplicationState.REFUSED: (_("refused"), "danger"),
    ApplicationState.WITHDRAWN: (_("withdrawn"), "secondary"),
}
