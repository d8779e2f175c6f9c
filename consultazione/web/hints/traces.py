"""A notice before a text is published that seems to hold personal data; nothing is stopped by it.

Whoever sends the form a second time, with the box ticked, publishes the text as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _

from consultazione.core.errors import Refusal, Sentence
from consultazione.core.incoming.personal_traces import Trace, traces_in

# The box that a form shows once it was sent.
ANYWAY = "anyway"
TRACE_NAMES: Mapping[Trace, Sentence] = {
    Trace.EMAIL: _("an e-mail address"),
    Trace.PHONE: _("a telephone number"),
    Trace.TAX_CODE: _("a tax code"),
    Trace.IBAN: _("an IBAN"),
    Trace.HEALTH: _("the health of somebody who is named"),
}


class Unsure(Refusal):
    """The text seems to hold personal data, and nobody has said yet that it is meant."""

    code = "unsure"
    status = 422


def asks_first(*names: str, then: Callable[..., Mapping[str, Any]] = dict) -> Any:
    """What `Form.perform` does before the command: asks once about what some fields hold.

    names: of the fields with texts. then: what is done before the command besides.
    """

    def before(**data: Any) -> Mapping[str, Any]:
        said = "\n".join(str(data.get(name) or "") for name in names)
        found = traces_in(said)
        if found and request.form.get(ANYWAY) != "yes":
            raise Unsure(_told(found), fields={ANYWAY: [_told(found)]})
        return then(**data)

    return before


def _told(found: list[Trace]) -> Sentence:
    what = ", ".join(str(TRACE_NAMES[trace]) for trace in found)
    return _(
        "Everybody will read this text, and it seems to hold %(what)s. Take it out, or tick the "
        "box below and send it as it is.",
        what=what,
    )
