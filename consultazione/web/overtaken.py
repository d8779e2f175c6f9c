"""What a form tells somebody who was overtaken: beside each field, what stands there now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from flask_babel import format_date, format_datetime
from flask_babel import gettext as _

from consultazione.core.clock import in_rome
from consultazione.core.errors import Overtaken, Sentence

# How the values of fields are shown to readers, where they are no texts, days or moments.
Shown = Mapping[str, Callable[[Any], Sentence]]


def what_stands(refusal: Overtaken, typed: Mapping[str, Any], shown: Shown) -> dict[str, list[str]]:
    """Sentences by field, of those that say something else now than was typed.

    Under "" the sentence of the whole form: who sends it again has read both.
    """
    found = {
        name: [_told(value, shown.get(name, _in_words))]
        for name, value in refusal.now.items()
        if name in typed and (typed[name] or None) != (value or None)
    }
    whole = _(
        "Somebody has changed this meanwhile. Beside each field stands what it says now; what you"
        " wrote is in the form. Put the two together, then send it again."
    )
    return {"": [whole], **found}


def _told(value: Any, shown: Callable[[Any], Sentence]) -> str:
    if value is None or value == "":
        return str(_("Now this is empty."))
    return str(_("Now it says: %(value)s", value=shown(value)))


def _in_words(value: Any) -> Sentence:
    if isinstance(value, datetime):
        return format_datetime(in_rome(value), "d MMMM y, HH:mm", rebase=False)
    return format_date(value, "long") if isinstance(value, date) else str(value)
