"""The words of the search's filters: the states that objects of each kind have."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from consultazione.comments.labels import POSITIONS
from consultazione.core.errors import Sentence
from consultazione.proposals.labels import STATES

# The states that can be asked for, by the kind of which they are one.
STATE_NAMES: Mapping[str, Mapping[str, Sentence]] = {
    "proposal": {state.value: name for state, name in STATES.items()},
    "comment": {position.value: name for position, name in POSITIONS.items()},
    "table": {"working": _("working"), "closed": _("closed")},
}
